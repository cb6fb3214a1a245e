import MiniSearch from 'minisearch';

/** Finding a section of the documents by words, in the reader's browser. */

export interface FoundSection {
  readonly href: string;
  /** Title of its page. */
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

export interface SectionIndex {
  /** The sections that are about the telling words of `query`, the best first, at most `most`. */
  find(query: string, most?: number): readonly FoundSection[];
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words that questions are made of and sections are not about. */
const SMALL = new Set(
  'a an and are be can do does for from get how i in is it my of on or the to use what when where which why with'.split(' '),
);

/** What readers of other documents look for, and the word that stands for it here. */
const OURS: Readonly<Record<string, string>> = {
  analytics: 'metrics',
  color: 'colour',
  colors: 'colours',
  cors: 'origin',
  csp: 'policy',
  dark: 'scheme',
  deploy: 'gateway',
  docker: 'gateway',
  gdpr: 'privacy',
  host: 'gateway',
  hotkey: 'keys',
  install: 'npm',
  locale: 'lang',
  mic: 'microphone',
  ptt: 'hold',
  push: 'hold',
  shortcut: 'keys',
  style: 'theming',
  subtitles: 'captions',
};

/** Of the best one's score: what has less is about something else. */
const WORTH = 0.08;

/** Pages that mention everything, so that guides stand before them. */
const OF_EVERYTHING = /^(changelog|complaints|contributing|features)\b/;

const telling = (query: string): readonly string[] => {
  const words = folded(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const about = words.filter((word) => !SMALL.has(word));
  return about.length === 0 ? words : about;
};

const meanings = (word: string): readonly string[] => [word, ...(OURS[word] === undefined ? [] : [OURS[word]])];

export function sectionIndex(sections: readonly FoundSection[]): SectionIndex {
  const index = new MiniSearch<FoundSection & { readonly id: number }>({
    fields: ['heading', 'page', 'text'],
    processTerm: (term) => folded(term) || null,
    searchOptions: {
      boostDocument: (id) => (OF_EVERYTHING.test(sections[id as number]?.href ?? '') ? 0.4 : 1),
      boost: { heading: 6, page: 3 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  index.addAll(sections.map((section, id) => ({ ...section, id })));
  return {
    find: (query, most = 12) => {
      const hits = index.search({ combineWith: 'OR', queries: telling(query).map((word) => ({ queries: [...meanings(word)] })) });
      const best = hits[0]?.score ?? 0;
      return hits
        .filter(({ score }) => score >= best * WORTH)
        .slice(0, most)
        .flatMap(({ id }) => sections[id as number] ?? []);
    },
  };
}

/** The words around the first place that a word of `query` stands at, about `length` characters. */
export function around(text: string, query: string, length = 110): string {
  const places = telling(query)
    .map(
      (word) =>
        meanings(word)
          .map((each) => folded(text).indexOf(each))
          .find((at) => at >= 0) ?? -1,
    )
    .filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...places, text.length) - length / 3);
  const start = from === 0 || places.length === 0 ? 0 : text.indexOf(' ', from) + 1;
  const cut = text.slice(start, start + length);
  return `${start > 0 ? '… ' : ''}${cut}${start + length < text.length ? ' …' : ''}`;
}
