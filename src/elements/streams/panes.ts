import { html, nothing } from 'lit';
import type { DeskClip, DeskHit, DeskIndex, DeskState, DeskStream, StreamsDesk } from '../../session/streams.ts';
import { alertPane } from './alert-pane.ts';
import { clipPane } from './clip-pane.ts';
import { indexPane } from './index-pane.ts';
import { searchPane } from './search-pane.ts';
import type { StreamWords } from './stream-strings.ts';
import { transcriptPane } from './transcript-pane.ts';
import { videoPane } from './video-pane.ts';
import type { Work } from './work.ts';

/** What stands under the tabs of the desk: which there are, and what each shows. */

export type Pane = 'transcript' | 'indexes' | 'alerts' | 'clips' | 'search' | 'videos';

/** What the panes read of the desk's element, and change in it. */
export interface PaneHost {
  pane: Pane;
  kind: DeskIndex['kind'];
  clip: DeskClip | null;
  hits: readonly DeskHit[] | null;
  answers: ReadonlyMap<string, string>;
  spoken: string | null;
}

export interface PaneFacts {
  readonly words: StreamWords;
  readonly desk: StreamsDesk;
  readonly work: Work;
  readonly state: DeskState;
  /** The chosen stream. */
  readonly stream: DeskStream | null;
  readonly detail: DeskState['detail'];
  /** Unix ms that the clip's fields begin with. */
  readonly now: number;
  /** BCP 47 of who reads this. */
  readonly reader: string;
}

/** What can be asked without a stream comes last, so that it is there when none is chosen. */
export function tabsFor(
  words: StreamWords,
  stream: DeskStream | null,
): readonly { readonly name: Pane; readonly label: string }[] {
  const all = [
    { name: 'transcript', label: words.tabTranscript },
    { name: 'indexes', label: words.tabIndexes },
    { name: 'alerts', label: words.tabAlerts },
    { name: 'clips', label: words.tabClips },
    { name: 'search', label: words.tabSearch },
    { name: 'videos', label: words.tabVideos },
  ] as const;
  return stream === null ? all.slice(4) : all;
}

export function paneOf(host: PaneHost, pane: Pane, facts: PaneFacts) {
  const { words, desk, work, state, stream, detail, now, reader } = facts;
  switch (pane) {
    case 'search':
      return searchPane({
        words,
        stream,
        videos: state.videos,
        busy: work.busy('search'),
        hits: host.hits,
        search: (where, query) =>
          void work
            .run('search', () => desk.search(where, query))
            .then((hits) => {
              if (hits !== null) host.hits = hits;
            }),
        play: (hits) =>
          void work
            .run('compile', () => desk.compile(hits))
            .then((clip) => {
              if (clip !== null) host.clip = clip;
            }),
      });
    case 'videos':
      return videoPane({
        words,
        videos: state.videos,
        captures: state.captures,
        desk,
        work,
        answers: host.answers,
        answered: (key, answer) => (host.answers = new Map([...host.answers, [key, answer]])),
        play: (clip) => (host.clip = clip),
      });
    case 'clips':
      return stream === null
        ? nothing
        : clipPane({
            words,
            stream,
            desk,
            work,
            now,
            clip: host.clip,
            play: (clip) => (host.clip = clip),
            exported: () => (host.pane = 'videos'),
          });
    default:
      if (detail === null) return html`<p role="status" class="empty">${words.streamsLoading}</p>`;
      if (pane === 'transcript') {
        const { spoken } = host;
        const chooseSpoken = (language: string): void => void (host.spoken = language);
        return transcriptPane({ words, detail, desk, work, reader, spoken, chooseSpoken });
      }
      if (pane === 'alerts') return alertPane(words, detail, state.events, desk, work);
      return indexPane({ words, detail, desk, work, kind: host.kind, chooseKind: (kind) => (host.kind = kind) });
  }
}
