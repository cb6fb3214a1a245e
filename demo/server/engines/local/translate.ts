import type { LanguagePair, Translating } from '../engine.ts';
import type { Apertium } from './translate/apertium.ts';
import { casedLike } from './translate/case.ts';
import { Lane } from './translate/lane.ts';
import { punctuatedFor } from './translate/punctuation.ts';
import { fromStream, toStream } from './translate/stream-format.ts';

/** Translation here: Apertium, by rules and dictionaries, good for the gist. GPL-2 programs, in processes of their own. */

export interface LocalTranslateOptions {
  readonly apertium: Apertium;
  readonly log: (line: string) => void;
  /** Calls that may wait for a pair. Default 64: a tenth of a second of work. */
  readonly queueLimit?: number;
  /** Default 15 000. */
  readonly timeoutMs?: number;
  /** Default ten minutes. */
  readonly idleMs?: number;
}

/** Far more than anybody says in one sentence. */
const MOST_CHARACTERS = 5000;

export function localTranslating(options: LocalTranslateOptions): Translating {
  return new LocalTranslating(options);
}

class LocalTranslating implements Translating {
  readonly name = 'apertium (local, rough)';
  readonly quality = 'rough';
  readonly pairs: readonly LanguagePair[];
  readonly #lanes: ReadonlyMap<string, Lane>;

  constructor({ apertium, log, queueLimit = 64, timeoutMs = 15_000, idleMs = 600_000 }: LocalTranslateOptions) {
    this.pairs = apertium.pairs.map(({ from, to }) => ({ from, to }));
    this.#lanes = new Map(
      apertium.pairs.map(({ from, to, command }) => [
        `${from}-${to}`,
        new Lane({ name: `translate ${from}-${to}`, command, env: apertium.env, queueLimit, timeoutMs, idleMs, log }),
      ]),
    );
  }

  /** Nothing: each pair loads at its first call, in a fraction of a second; that the programs run was seen when they were looked for. */
  warm(): Promise<void> {
    return Promise.resolve();
  }

  async translate(text: string, options: Parameters<Translating['translate']>[1]): Promise<string> {
    const [from, to] = [primary(options.from), primary(options.to)];
    const lane = this.#lanes.get(`${from}-${to}`);
    if (lane === undefined) throw new RangeError(`${this.name} has no translation from ${options.from} to ${options.to}`);
    if (text.length > MOST_CHARACTERS) throw new RangeError(`text is longer than ${String(MOST_CHARACTERS)} characters`);
    if (!/[\p{L}\p{N}]/u.test(text)) return text.trim();
    const streamed = toStream(text);
    const translated = await lane.run(streamed.stream, { interim: options.interim === true, signal: options.signal });
    return casedLike(text, punctuatedFor(fromStream(translated, streamed), to), to);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close()));
  }
}

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';
