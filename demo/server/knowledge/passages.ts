import type { Page } from './page.ts';

/** The pages cut into what is searched: sentences within sections. */

export interface Passage {
  readonly id: number;
  readonly page: number;
  /** Index over the sections of all pages. */
  readonly section: number;
  readonly heading: string;
  readonly text: string;
}

export interface PassageSection {
  readonly page: number;
  readonly heading: string;
  readonly anchor: string | null;
  /** Ids of its first passage and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

export interface Passages {
  readonly pages: readonly Page[];
  readonly sections: readonly PassageSection[];
  readonly passages: readonly Passage[];
}

export function cutPassages(pages: readonly Page[]): Passages {
  const passages: Passage[] = [];
  const sections: PassageSection[] = [];
  pages.forEach((page, pageIndex) => {
    for (const { heading, anchor, sentences } of page.sections) {
      const from = passages.length;
      const section = sections.length;
      for (const text of sentences) passages.push({ id: passages.length, page: pageIndex, section, heading, text });
      sections.push({ page: pageIndex, heading, anchor, from, to: passages.length });
    }
  });
  return { pages, sections, passages };
}

/** What is embedded for a sentence: short ones mean little without the words above them. */
export function embeddedSentence(all: Passages, passage: Passage): string {
  const title = all.pages[passage.page]?.title ?? '';
  const above = passage.heading || title;
  return above === '' ? passage.text : `${above}: ${passage.text}`;
}

const SECTION_CHARS = 320;

export function embeddedSection(all: Passages, section: PassageSection): string {
  const title = all.pages[section.page]?.title ?? '';
  const text = all.passages
    .slice(section.from, section.to)
    .map((passage) => passage.text)
    .join(' ');
  return [title, section.heading, text]
    .filter((part) => part !== '')
    .join('. ')
    .slice(0, SECTION_CHARS);
}
