import '../../src/elements/player/define.ts';

/** The player page: asks the gateway what the address in `v` is, shows it, or says why not. */

interface About {
  readonly kind: 'live' | 'clip' | 'video' | 'compiled';
  readonly title: string;
  readonly description: string;
  readonly src: string;
  readonly poster: string | null;
  readonly captions: readonly { readonly language: string; readonly name: string; readonly src: string }[];
  readonly captionsInside: boolean;
  readonly thumbnails: string | null;
  readonly chapters: string | null;
  readonly download: string | null;
  readonly streamId: string | null;
  readonly startMs: number | null;
}

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
};

const framed = location.pathname.endsWith('/embed');
document.documentElement.classList.toggle('framed', framed);

// While developing, the page lies elsewhere than where the gateway serves it.
const question = new URL(location.pathname.endsWith('.html') ? '/watch/about' : 'watch/about', location.href);
question.search = location.search;

try {
  const answer = await fetch(question);
  const told: unknown = await answer.json();
  if (answer.ok) show(told as About, answer.url);
  else fail((told as { readonly error?: { readonly message?: string } }).error?.message ?? 'The gateway does not say why.');
} catch {
  fail('The gateway cannot be reached. Look at your connection, and load the page again.');
}
element('waiting').hidden = true;

function fail(why: string): void {
  document.title = 'This cannot be played';
  element('why').textContent = why;
  element('fault').hidden = false;
}

function show(about: About, at: string): void {
  const absolute = (url: string): string => new URL(url, at).href;
  const player = document.createElement('viva-player');
  const name = (attribute: string, url: string | null): void => {
    if (url !== null) player.setAttribute(attribute, absolute(url));
  };
  name('poster', about.poster);
  name('thumbnails', about.thumbnails);
  name('chapters', about.chapters);
  player.setAttribute('heading', about.title);
  if (framed) player.setAttribute('nopanel', '');
  if (about.streamId !== null) {
    player.setAttribute('stream-id', about.streamId);
    player.setAttribute('endpoint', absolute('..'));
  }
  for (const { language, name: label, src } of about.captionsInside ? [] : about.captions) {
    const track = document.createElement('track');
    Object.assign(track, { kind: 'captions', srclang: language, label, src: absolute(src) });
    player.append(track);
  }
  name('src', about.src);

  document.title = about.title;
  element('title').textContent = about.title;
  element('when').textContent = about.kind === 'live' ? 'Live' : dateOf(about.startMs);
  element('description').textContent = about.description;
  element('description').hidden = about.description === '';
  if (about.download !== null) {
    const link = (words: string, address: string): void => {
      const anchor = document.createElement('a');
      anchor.href = address;
      anchor.download = '';
      anchor.textContent = words;
      const row = document.createElement('li');
      row.append(anchor);
      element('links').append(row);
    };
    const file = new URL(about.download, at);
    file.searchParams.set('name', about.title);
    link('Download the video (MP4)', file.href);
    for (const { name: language, src } of about.captions) link(`Download captions (${language})`, absolute(src));
  }
  element('stage').append(player);
  element('film').hidden = false;
}

function dateOf(startMs: number | null): string {
  if (startMs === null) return '';
  return new Intl.DateTimeFormat(navigator.language, { dateStyle: 'full', timeStyle: 'medium' }).format(startMs);
}
