import type { NamedFiles } from './caption-sources.ts';

/** The files a tag names, by its attributes or by `<track>` elements inside it. */

interface Naming {
  readonly captions: string | null;
  readonly captionsLanguage: string | null;
  readonly thumbnails: string | null;
  readonly chapters: string | null;
  querySelectorAll(selector: 'track'): NodeListOf<HTMLTrackElement>;
}

const absolute = (url: string): string => (URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url);
const named = (url: string | null): string | null => (url === null || url === '' ? null : absolute(url));

export function namedFiles(tag: Naming): NamedFiles {
  const tracks = [...tag.querySelectorAll('track')].filter(({ src }) => src !== '');
  const first = (kind: string, label?: string) =>
    tracks.find((track) => track.kind === kind && (label === undefined || track.label === label))?.src ?? null;
  const given = named(tag.captions);
  return {
    captions: [
      ...(given === null ? [] : [{ url: given, language: tag.captionsLanguage ?? '' }]),
      ...tracks
        .filter(({ kind }) => kind === 'captions' || kind === 'subtitles')
        .map(({ src, srclang }) => ({ url: absolute(src), language: srclang })),
    ],
    chapters: named(tag.chapters) ?? first('chapters'),
    thumbnails: named(tag.thumbnails) ?? first('metadata', 'thumbnails'),
  };
}
