import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { textFor, type CaptionWish } from './viewer-choice.ts';

/** What a screen reader is told of captions: each sentence once, when it is whole; interim words and corrections never. */

/** So many sentences stay, for a screen reader that is slow. */
const PLACES = 4;

export interface Announced {
  readonly text: string;
  readonly language: string;
}

export class AnnouncedLines {
  /** Each new sentence replaces the oldest in its place, so that nothing but the new one changes. */
  readonly places: Announced[] = Array.from({ length: PLACES }, () => ({ text: '', language: '' }));
  #next = 0;
  /** Null until the first lines are known: what was said before this reader came is history, not news. */
  #whole: ReadonlySet<string> | null = null;

  take(lines: readonly CaptionLine[], wishes: readonly CaptionWish[]): void {
    const before = this.#whole;
    this.#whole = new Set(lines.flatMap(wholeSides));
    if (before === null) return;
    for (const line of lines) {
      const news = wholeSides(line).filter((side) => !before.has(side));
      if (news.length === 0) continue;
      for (const wish of wishes) this.#announce(line, wish, news);
    }
  }

  #announce(line: CaptionLine, wish: CaptionWish, news: readonly string[]): void {
    const text = textFor(line, wish);
    if (text === null || !text.final) return;
    const side = text === line.original ? 'original' : 'translation';
    if (!news.includes(`${side} ${line.id}`)) return;
    this.places[this.#next++ % PLACES] = { text: text.text, language: text.language };
  }
}

const wholeSides = ({ id, original, translation }: CaptionLine): readonly string[] => [
  ...(original?.final === true ? [`original ${id}`] : []),
  ...(translation?.final === true ? [`translation ${id}`] : []),
];
