import { EngineFailedError, type Heard, type Hearing } from '../engine.ts';
import { childPool, type ChildPool } from './child-pool.ts';
import type { MoonshineHeard, HearArguments } from './hear-child.ts';
import type { SpanishArguments, SpanishHeard } from './hear-spanish-child.ts';
import { whichLanguage } from './hear/which-language.ts';

/** Speech to text here: Moonshine tiny for English, Vosk small for Spanish, each in a process of its own. */

export interface LocalHearOptions {
  /** Folder of Moonshine's weights. */
  readonly weights: string;
  /**
   * Folders of Vosk's model and library; null = Spanish is not heard. `moonshine`: folder of Moonshine's Spanish weights, whose words are
   * then told instead; Vosk still tells which language it is.
   */
  readonly spanish?: { readonly model: string; readonly library: string; readonly moonshine?: string | null } | null;
  readonly log: (line: string) => void;
}

const ENGLISH = 'en';
const SPANISH = 'es';
/** Its process holds 200 MB and starts in half a second. */
const SPANISH_IDLE_MS = 600_000;

export function localHearing(options: LocalHearOptions): Hearing {
  // Two decodings at once on two cores; one of the two is kept for final transcripts.
  const shared = { concurrency: 2, reserved: 1, queueLimit: 32, timeoutMs: 30_000, log: options.log };
  const english = childPool(new URL('./hear-child.ts', import.meta.url), {
    ...shared,
    name: 'hear',
    data: { weights: options.weights },
  });
  const { spanish = null } = options;
  if (spanish === null) return new LocalHearing(english, null, null);
  // Starts when it is first asked, so that the start of the gateway does not wait for what many never speak.
  const pool = childPool(new URL('./hear-spanish-child.ts', import.meta.url), {
    ...shared,
    name: 'hear es',
    data: { model: spanish.model, library: spanish.library },
    idleMs: SPANISH_IDLE_MS,
  });
  const { moonshine = null } = spanish;
  if (moonshine === null) return new LocalHearing(english, pool, null);
  const better = childPool(new URL('./hear-child.ts', import.meta.url), {
    ...shared,
    name: 'hear es',
    data: { weights: moonshine },
    idleMs: SPANISH_IDLE_MS,
  });
  return new LocalHearing(english, pool, better);
}

type Options = Parameters<Hearing['transcribe']>[1];

class LocalHearing implements Hearing {
  readonly name: string;
  readonly languages: readonly string[];
  readonly #english: ChildPool;
  readonly #spanish: ChildPool | null;
  readonly #betterSpanish: ChildPool | null;

  constructor(english: ChildPool, spanish: ChildPool | null, betterSpanish: ChildPool | null) {
    this.#english = english;
    this.#spanish = spanish;
    this.#betterSpanish = betterSpanish;
    this.languages = spanish === null ? [ENGLISH] : [ENGLISH, SPANISH];
    const spanishName = betterSpanish === null ? 'vosk-small-es' : 'moonshine-base-es';
    this.name = spanish === null ? 'moonshine-tiny (local)' : `moonshine-tiny, ${spanishName} (local)`;
  }

  /** English; Spanish loads when it is first asked. */
  async warm(): Promise<void> {
    await this.#english.warm();
  }

  /**
   * `prompt` has no effect. A `language` that is not among `languages` is refused, because these recognisers answer it with confident
   * nonsense; one that is in `among` only is not looked for. With both in `among`, both hear it and the one whose words make more sense
   * is believed.
   */
  async transcribe(pcm: Int16Array, options: Options): Promise<Heard> {
    const declared = this.#known(options.language ?? ENGLISH);
    const among = new Set([
      declared,
      ...(options.among ?? []).map(primary).filter((language) => this.languages.includes(language)),
    ]);
    if (among.size === 1) return this.#hear(declared, pcm, options);
    const [english, spanish] = await Promise.all([this.#hearEnglish(pcm, options), this.#hearSpanish(pcm, options)]);
    const language = whichLanguage({ english, spanish, declared });
    // Nobody can tell yet: words of the wrong language would only be taken back.
    if (language === null && options.interim === true) return { text: '', language: declared };
    const known = language ?? (spanish.text === '' && english.text !== '' ? ENGLISH : declared);
    if (known === ENGLISH) return { text: english.text, language: known };
    if (this.#betterSpanish === null) return told(spanish);
    return { text: await this.#hearBetterSpanish(this.#betterSpanish, pcm, options), language: known };
  }

  async close(): Promise<void> {
    await Promise.all([this.#english.close(), this.#spanish?.close(), this.#betterSpanish?.close()]);
  }

  #known(language: string): string {
    const known = primary(language);
    if (!this.languages.includes(known))
      throw new EngineFailedError(`hear: ${language} is not heard by ${this.name}, only ${this.languages.join(', ')}`);
    return known;
  }

  async #hear(language: string, pcm: Int16Array, options: Options): Promise<Heard> {
    if (language !== SPANISH) return { text: (await this.#hearEnglish(pcm, options)).text, language };
    if (this.#betterSpanish === null) return told(await this.#hearSpanish(pcm, options));
    return { text: await this.#hearBetterSpanish(this.#betterSpanish, pcm, options), language };
  }

  #hearEnglish(pcm: Int16Array, options: Options): Promise<MoonshineHeard> {
    return this.#english.call<MoonshineHeard>('transcribe', { pcm } satisfies HearArguments, callOf(options));
  }

  async #hearBetterSpanish(pool: ChildPool, pcm: Int16Array, options: Options): Promise<string> {
    return (await pool.call<MoonshineHeard>('transcribe', { pcm } satisfies HearArguments, callOf(options))).text;
  }

  async #hearSpanish(pcm: Int16Array, options: Options): Promise<SpanishHeard> {
    if (this.#spanish === null) throw new EngineFailedError(`hear: Spanish is not heard by ${this.name}`);
    const order: SpanishArguments = { pcm, interim: options.interim === true };
    return this.#spanish.call<SpanishHeard>('transcribe', order, callOf(options));
  }
}

/** Its words with their times; not where the text was cut short of them. */
function told({ text, words }: SpanishHeard): Heard {
  const written = text.split(/\s+/).filter((word) => word !== '');
  if (written.length !== words.length) return { text, language: SPANISH };
  const timed = words.map(({ startSeconds, seconds }, index) => ({
    text: written[index] ?? '',
    startMs: Math.round(startSeconds * 1000),
    endMs: Math.round((startSeconds + seconds) * 1000),
  }));
  return { text, language: SPANISH, words: timed };
}

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

const callOf = ({ signal, interim }: Options) => ({
  signal,
  priority: interim === true ? ('interim' as const) : ('normal' as const),
});
