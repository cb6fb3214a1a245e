import { kindsAsked, viewAsked } from './asked-kinds.ts';
import type { Passage } from './passages.ts';
import type { Section } from './sections.ts';
import { alike, askedTerms } from './text-terms.ts';

/** Which passages answer a section of a report: by words, by what is like them, by the form of what is asked for. Pure. */

/** Likeness of a passage to a section's topic by meaning, where a model is here; 0–1. */
export type Meaning = (topic: string, passage: Passage) => number;

export const NO_MEANING: Meaning = () => 0;

const MOST_QUOTES = 8;
const MOST_FACTS = 15;
const MOST_MOMENTS = 30;
const SAME = 0.8;
/** Below this a meaning says nothing. */
const ABOUT = 0.45;
/** Words of the frame's heading count for its lines. */
const OF_HEADING = 0.5;
/** Words of the section's own heading above it; of help to choose, no reason to. */
const OF_CONTEXT = 0.4;
/** What another section told already. */
const TOLD = 0.6;

export class QuoteChooser {
  readonly #passages: readonly Passage[];
  readonly #frequency = new Map<string, number>();
  readonly #meaning: Meaning;
  readonly #told = new Set<Passage>();
  /** Terms of the headings that frames have. */
  readonly #headings = new Map<string, readonly string[]>();

  constructor(passages: readonly Passage[], meaning: Meaning = NO_MEANING) {
    this.#passages = passages;
    this.#meaning = meaning;
    for (const { isHeading, text, terms } of passages) if (isHeading) this.#headings.set(text, terms);
    for (const { terms } of passages) for (const term of terms) this.#frequency.set(term, (this.#frequency.get(term) ?? 0) + 1);
  }

  /** In order of time; empty = not found. */
  for(section: Section): readonly Passage[] {
    const view = viewAsked(section.heading);
    // "Timeline" and "What was said" are asked for by name alone; an overview may be one of something.
    if (view === 'timeline') return this.#moments();
    if (view === 'shown') return this.#central(({ from }) => from === 'screen', MOST_FACTS);
    if (view === 'said') return this.#central(({ from }) => from === 'speech', MOST_QUOTES);
    const isOverview = view === 'overview' && askedTerms(section.heading).length === 0;
    const found = isOverview ? [] : this.#about(section);
    return found.length === 0 && view === 'overview' ? this.#central(() => true, MOST_QUOTES, 1) : found;
  }

  #about({ topic, within }: Section): readonly Passage[] {
    const kinds = kindsAsked(topic);
    const asked = askedTerms(topic);
    const around = askedTerms(within);
    const scored = this.#passages.map((passage) => {
      const fits = kinds.some((kind) => kind.fits(passage.text));
      const words =
        this.#shared(asked, passage.terms) + OF_HEADING * this.#shared(asked, this.#headings.get(passage.heading) ?? []);
      const context = OF_CONTEXT * this.#shared(around, [...passage.terms, ...(this.#headings.get(passage.heading) ?? [])]);
      const meant = this.#meaning(topic, passage);
      // What has the form is what was asked for, the more if it speaks of the subject.
      const score =
        (fits ? 1 : 0) +
        words +
        (fits || words > 0 ? context : 0) +
        (meant >= ABOUT ? meant : 0) -
        (kinds.length > 0 && !fits ? 0.5 : 0);
      return { passage, score: this.#told.has(passage) ? score * TOLD : score, fits };
    });
    const best = Math.max(0, ...scored.map(({ score }) => score));
    const least = Math.max(0.12, kinds.length > 0 ? 0.3 * best : 0.25 * best);
    const most = kinds.length > 0 ? MOST_FACTS : MOST_QUOTES;
    return this.#take(
      scored.filter(({ score, passage }) => score >= least && passage.text.length > 3),
      most,
    );
  }

  /** Rare words say more than those on every slide; the share of what is asked for that is there. */
  #shared(asked: readonly string[], terms: readonly string[]): number {
    let [sum, all] = [0, 0];
    for (const term of asked) {
      const weight = this.#rarity(term);
      all += weight;
      if (terms.includes(term)) sum += weight;
    }
    // Of a long wish a part is enough.
    return all === 0 ? 0 : sum / Math.sqrt(all);
  }

  #rarity(term: string): number {
    const count = this.#frequency.get(term) ?? 0;
    return count === 0 ? 0 : Math.log(1 + this.#passages.length / count) / Math.log(1 + this.#passages.length);
  }

  /** What most of it is about. */
  #central(of: (passage: Passage) => boolean, most: number, mostOfFrame = Infinity): readonly Passage[] {
    const scored = this.#passages.filter(of).map((passage) => {
      const weight = passage.terms.reduce((sum, term) => sum + Math.log(this.#frequency.get(term) ?? 1), 0);
      const length = passage.terms.length;
      const score = (weight / (length + 4)) * Math.min(1, length / 4) + (passage.isHeading ? 0.3 : 0) + 0.01;
      return { passage, score };
    });
    return this.#take(scored, most, mostOfFrame);
  }

  /** What was on when: headings of frames, and what was said where nothing was shown. */
  #moments(): readonly Passage[] {
    const headings = this.#passages.filter(({ isHeading, atMs }) => isHeading && atMs !== null);
    const said = this.#passages.filter(({ from }) => from === 'speech');
    const quiet = said.filter(({ atMs }) => headings.every((heading) => Math.abs((heading.atMs ?? 0) - (atMs ?? 0)) > QUIET_MS));
    const all = [...headings, ...every(quiet, QUIET_MS)].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
    const step = Math.max(1, all.length / MOST_MOMENTS);
    return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  }

  /** `mostOfFrame`: of those under one heading. */
  #take(
    scored: readonly { readonly passage: Passage; readonly score: number }[],
    most: number,
    mostOfFrame = Infinity,
  ): readonly Passage[] {
    const taken: Passage[] = [];
    const frameOf = ({ from, heading, text }: Passage): string | null =>
      from === 'speech' ? null : heading === '' ? text : heading;
    for (const { passage } of [...scored].sort((a, b) => b.score - a.score)) {
      if (taken.length >= most) break;
      if (taken.some(({ text }) => alike(text, passage.text) >= SAME && numbers(text) === numbers(passage.text))) continue;
      const frame = frameOf(passage);
      if (frame !== null && taken.filter((other) => frameOf(other) === frame).length >= mostOfFrame) continue;
      taken.push(passage);
    }
    for (const passage of taken) this.#told.add(passage);
    return taken.sort((a, b) => (a.atMs ?? -1) - (b.atMs ?? -1));
  }
}

const QUIET_MS = 120_000;

function every(passages: readonly Passage[], ms: number): readonly Passage[] {
  let last = -Infinity;
  return passages.filter(({ atMs }) => {
    if ((atMs ?? 0) - last < ms) return false;
    last = atMs ?? 0;
    return true;
  });
}

const numbers = (text: string): string => (text.match(/\d+/g) ?? []).join(' ');
