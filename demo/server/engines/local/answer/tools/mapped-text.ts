/** A text that is rewritten for reading ("half past seven" → "7:30") while each place still knows where it stood in the original. */
export class MappedText {
  readonly raw: string;
  #text: string;
  /** Of each character: where its original begins and ends. */
  #starts: number[];
  #ends: number[];

  constructor(raw: string) {
    this.raw = raw;
    this.#text = raw;
    this.#starts = Array.from({ length: raw.length }, (_, index) => index);
    this.#ends = Array.from({ length: raw.length }, (_, index) => index + 1);
  }

  get text(): string {
    return this.#text;
  }

  /** `pattern` is global. A replacement stands for the whole of what it replaced. */
  replace(pattern: RegExp, by: (...groups: string[]) => string): void {
    let text = '';
    const starts: number[] = [];
    const ends: number[] = [];
    let at = 0;
    const keep = (to: number): void => {
      text += this.#text.slice(at, to);
      starts.push(...this.#starts.slice(at, to));
      ends.push(...this.#ends.slice(at, to));
    };
    for (const match of this.#text.matchAll(pattern)) {
      const replacement = by(...(match as readonly (string | undefined)[]).map((group) => group ?? ''));
      if (match[0] === '' || replacement === match[0]) continue;
      keep(match.index);
      const last = match.index + match[0].length - 1;
      text += replacement;
      for (let index = 0; index < replacement.length; index++) {
        starts.push(this.#starts[match.index] ?? 0);
        ends.push(this.#ends[last] ?? this.raw.length);
      }
      at = last + 1;
    }
    keep(this.#text.length);
    this.#text = text;
    this.#starts = starts;
    this.#ends = ends;
  }

  /** The original words of a stretch of the rewritten text. */
  original(start: number, end: number): string {
    const [from, to] = this.span(start, end);
    return this.raw.slice(from, to);
  }

  /** The stretch of the original behind a stretch of the rewritten text. */
  span(start: number, end: number): readonly [number, number] {
    if (end <= start) return [0, 0];
    return [this.#starts[start] ?? this.raw.length, this.#ends[end - 1] ?? this.raw.length];
  }
}
