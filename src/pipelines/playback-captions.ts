import type { StreamCaption, StreamCaptionTranslation } from '../shared/stream-feed.ts';
import type { CaptionLine, CaptionText } from './caption-lines.ts';
import { isDate } from './playback-time.ts';

/** Captions of what is played, by the picture's clock: whatever order they arrive in, each lands at its own time. */

/** One sentence with its translations. */
export interface TimedCaption {
  readonly id: string;
  /** ms on the picture's clock */
  readonly startMs: number;
  readonly endMs: number;
  readonly original: CaptionText | null;
  /** One for each language at most. */
  readonly translations: readonly CaptionText[];
  /** When its newest words reached this page, Unix ms; null = it was there before (a file). */
  readonly arrivedMs: number | null;
}

/** So many are kept, the newest by their time: 41 h of a sentence every 3 s. */
export const MOST_CAPTIONS = 50_000;
/** Translations that came before their sentence wait here; so many at most. */
const MOST_EARLY = 200;
const MOST_TRANSLATIONS = 16;
/** A caption longer than this is nobody's sentence. */
const MOST_TEXT = 4_000;

const base = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The shortest a caption is seen, ms: an eye needs so long to find it. */
const SHORTEST_MS = 850;

/** When it leaves the screen, unless the picture goes elsewhere. */
export const shownUntilMs = ({ startMs, endMs }: TimedCaption): number => Math.max(endMs, startMs + SHORTEST_MS);

export class CaptionStore {
  /** By start, then by arrival. */
  readonly #list: TimedCaption[] = [];
  readonly #byId = new Map<string, TimedCaption>();
  /** The latest end among the captions up to each place: how far back a search must look. */
  readonly #latestEnds: number[] = [];
  /** From where on `#latestEnds` is out of date: many that come together are counted once. */
  #staleFrom = 0;
  readonly #early = new Map<string, CaptionText[]>();
  #version = 0;

  /** Oldest first; the same array always, `version` tells of changes. */
  get list(): readonly TimedCaption[] {
    return this.#list;
  }

  get version(): number {
    return this.#version;
  }

  get(id: string): TimedCaption | undefined {
    return this.#byId.get(id);
  }

  /** A sentence or its newer state. An interim state never undoes a final one. False = nothing new. */
  add(caption: Omit<StreamCaption, 'type'>, arrivedMs: number | null): boolean {
    const { id, final, language } = caption;
    const known = this.#byId.get(id);
    if (known?.original?.final === true && !final) return false;
    const text = caption.text.slice(0, MOST_TEXT);
    const startMs = caption.startMs;
    const endMs = Math.max(startMs, caption.endMs);
    if (!isDate(startMs) || !isDate(endMs)) return false;
    const said = known?.original;
    const sameWords = said?.text === text && said.final === final && said.language === language;
    if (known !== undefined && sameWords && known.startMs === startMs && known.endMs === endMs) return false;
    const translations = known?.translations ?? this.#early.get(id) ?? [];
    this.#early.delete(id);
    return this.#put(known, { id, startMs, endMs, original: { text, language, final }, translations, arrivedMs });
  }

  /** A translation of a sentence that is known or will be. */
  translate({ id, language, text }: Omit<StreamCaptionTranslation, 'type'>, arrivedMs: number | null): boolean {
    const told: CaptionText = { text: text.slice(0, MOST_TEXT), language, final: true };
    const known = this.#byId.get(id);
    if (known === undefined) {
      this.#early.set(id, withTranslation(this.#early.get(id) ?? [], told));
      const oldest = this.#early.size > MOST_EARLY ? this.#early.keys().next().value : undefined;
      if (oldest !== undefined) this.#early.delete(oldest);
      return false;
    }
    if (known.translations.some((each) => each.language === language && each.text === told.text)) return false;
    return this.#put(known, { ...known, translations: withTranslation(known.translations, told), arrivedMs });
  }

  /** A caption as it is, from a file; one without an original is a translation alone. */
  put(caption: TimedCaption): void {
    if (isDate(caption.startMs) && isDate(caption.endMs)) this.#put(this.#byId.get(caption.id), caption);
  }

  /** Lets go of some: those of a file that is replaced. */
  removeWhere(wanted: (caption: TimedCaption) => boolean): void {
    const kept = this.#list.filter((caption) => !wanted(caption));
    if (kept.length === this.#list.length) return;
    this.#list.length = 0;
    for (const caption of kept) this.#list.push(caption);
    this.#byId.clear();
    for (const caption of kept) this.#byId.set(caption.id, caption);
    this.#stale(0);
    this.#version += 1;
  }

  clear(): void {
    this.#early.clear();
    this.removeWhere(() => true);
  }

  /** Those on the screen at the date: `startMs ≤ dateMs < shownUntilMs`, in order; at most `most`, the newest. */
  at(dateMs: number, most = 8): readonly TimedCaption[] {
    this.#freshen();
    const found: TimedCaption[] = [];
    for (let index = this.lastStarted(dateMs); index >= 0 && this.#latestEnds[index]! > dateMs; index--) {
      const caption = this.#list[index]!;
      if (shownUntilMs(caption) > dateMs) found.push(caption);
      if (found.length === most) break;
    }
    return found.reverse();
  }

  /** When what `at` gives changes next; null = never any more. */
  nextBoundary(dateMs: number): number | null {
    this.#freshen();
    const started = this.lastStarted(dateMs);
    let next = this.#list[started + 1]?.startMs ?? Infinity;
    for (let index = started; index >= 0 && this.#latestEnds[index]! > dateMs; index--) {
      const until = shownUntilMs(this.#list[index]!);
      if (until > dateMs && until < next) next = until;
    }
    return next === Infinity ? null : next;
  }

  /** Index of the last caption that begins at or before the date; −1 when none does. */
  lastStarted(dateMs: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#list[middle]!.startMs <= dateMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  indexOf(caption: TimedCaption): number {
    for (let index = this.lastStarted(caption.startMs); index >= 0; index--) if (this.#list[index] === caption) return index;
    return -1;
  }

  #put(known: TimedCaption | undefined, caption: TimedCaption): boolean {
    this.#version += 1;
    this.#byId.set(caption.id, caption);
    const at = known === undefined ? -1 : this.indexOf(known);
    if (known !== undefined && at >= 0 && known.startMs === caption.startMs) {
      this.#list[at] = caption;
      if (known.endMs !== caption.endMs) this.#stale(at);
      return true;
    }
    if (at >= 0) this.#list.splice(at, 1);
    const place = this.lastStarted(caption.startMs) + 1;
    this.#list.splice(place, 0, caption);
    this.#stale(at < 0 ? place : Math.min(at, place));
    if (this.#list.length > MOST_CAPTIONS) this.#dropOldest();
    return true;
  }

  /** Many at a time, so that what it costs is shared by many. */
  #dropOldest(): void {
    for (const { id } of this.#list.splice(0, Math.ceil(MOST_CAPTIONS / 50))) this.#byId.delete(id);
    this.#stale(0);
  }

  #stale(from: number): void {
    this.#staleFrom = Math.min(this.#staleFrom, from);
  }

  #freshen(): void {
    this.#latestEnds.length = this.#list.length;
    for (let index = this.#staleFrom; index < this.#list.length; index++) {
      const until = shownUntilMs(this.#list[index]!);
      this.#latestEnds[index] = index === 0 ? until : Math.max(until, this.#latestEnds[index - 1]!);
    }
    this.#staleFrom = this.#list.length;
  }
}

const withTranslation = (known: readonly CaptionText[], told: CaptionText): CaptionText[] =>
  [...known.filter(({ language }) => language !== told.language), told].slice(-MOST_TRANSLATIONS);

/** Side of a caption that a reader of `language` wants; null = none is in that language. */
export function textIn(caption: TimedCaption, language: string): CaptionText | null {
  const wanted = base(language);
  const sides = caption.original === null ? caption.translations : [caption.original, ...caption.translations];
  return sides.find((side) => base(side.language) === wanted) ?? null;
}

/** As a line of captions, with the translation into `to` (null = the first there is). `originMs`: where the file or the stream begins. */
export function lineOf(caption: TimedCaption, to: string | null, originMs = 0): CaptionLine {
  const { id, startMs, endMs, original, translations } = caption;
  const translation =
    to === null ? (translations[0] ?? null) : (translations.find(({ language }) => base(language) === base(to)) ?? null);
  return { id, stream: '', startMs: startMs - originMs, endMs: endMs - originMs, at: startMs, original, translation };
}

/** Languages seen, the spoken one first. */
export function languagesOf(captions: readonly TimedCaption[]): readonly string[] {
  const seen = new Set<string>();
  for (const { original } of captions) if (original !== null && original.language !== '') seen.add(original.language);
  for (const { translations } of captions) for (const { language } of translations) seen.add(language);
  return [...seen];
}
