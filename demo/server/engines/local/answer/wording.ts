import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Tone } from './policy.ts';
import type { Quote } from './quote.ts';

/** Found sentences put into spoken words: who says it, in a clause short enough to be heard at once. */

/** "Opening hours page"; a title that says "page" itself is left. */
export function pageName(title: string): string {
  return /\bpage$/i.test(title) ? title : `${title} page`;
}

export interface QuoteContext {
  readonly tone: Tone;
  /** The last answer stood on the same page: it need not be named again. */
  readonly samePage: boolean;
}

/** Sentences to be said one after the other; the first is short. */
export function sayQuote(knowledge: Knowledge, quote: Quote, context: QuoteContext): string[] {
  const page = knowledge.pages[quote.passages[0]?.page ?? -1];
  const texts = quote.passages.map((passage) => passage.text);
  const lead = quote.lead === null ? '' : quote.lead === 'yes' ? 'Yes. ' : 'No. ';
  if (page === undefined || page.url === '') return [`${lead}${texts[0] ?? ''}`, ...texts.slice(1)];
  const from = context.samePage ? '' : fromPage(page.title, context.tone);
  return [`${lead}${from}${texts[0] ?? ''}`, ...texts.slice(1)];
}

function fromPage(title: string, tone: Tone): string {
  switch (tone) {
    case 'formal':
      return `According to our ${pageName(title)}: `;
    case 'brief':
      return `${title}: `;
    case 'friendly':
    case 'neutral':
      return `From our ${pageName(title)}: `;
  }
}

/** "A", "A and B", "A, B and C" */
export function listed(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}

/** What can be asked about, by the titles of the pages. */
export function topicList(knowledge: Knowledge, most: number): string {
  const titles = [...new Set(knowledge.pages.map((page) => page.title))].filter(
    (title) => !/^(?:home|index|welcome|start)$/i.test(title),
  );
  const shown = titles.slice(0, most).map(lowerFirst);
  return listed(titles.length > most ? [...shown, 'more'] : shown);
}

function lowerFirst(title: string): string {
  return /^\p{Lu}\p{Ll}+(?:\s\p{Ll}|$)/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
