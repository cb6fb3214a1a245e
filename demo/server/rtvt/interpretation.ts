import type { Heard } from '../engines/engine.ts';
import type { Engines } from '../engines/engine.ts';
import { again } from './again.ts';
import { InterimTranslation } from './interim-translation.ts';
import { base, pairFor } from './languages.ts';
import type { StreamRoles } from './roles.ts';
import type { FinishedSentence } from './sentences.ts';
import type { StreamSettings } from './settings.ts';
import { speechFile } from './speech-file.ts';

/** One sentence from its first interim words to its last translation, spoken when that is wanted. */

/** What becomes known of a sentence. */
export type Finding =
  | {
      readonly type: 'text';
      readonly side: 'original' | 'translation';
      readonly final: boolean;
      readonly language: string;
      readonly text: string;
    }
  | { readonly type: 'speech'; readonly language: string; readonly text: string; readonly file: Uint8Array };

export interface InterpretationOptions {
  readonly settings: StreamSettings;
  /** Into these; may be none. */
  readonly targets: () => readonly string[];
  readonly roles: StreamRoles;
  readonly translator: Engines['translate'];
  readonly signal: AbortSignal;
  /** `to`: how far of the sound it stands for; samples. */
  readonly tell: (finding: Finding) => void;
  readonly onDropped: (what: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

export class Interpretation {
  readonly #options: InterpretationOptions;
  readonly #translations = new Map<string, InterimTranslation>();
  /** Last interim texts by side and language, for when there will be no final. */
  readonly #told = new Map<string, string>();
  #language: string | null = null;

  constructor(options: InterpretationOptions) {
    this.#options = options;
  }

  /** The words so far. */
  grow({ text: raw, language: found }: Heard): void {
    const { settings, targets } = this.#options;
    const text = raw.trim();
    if (text === '' || !settings.interim) return;
    const language = spelled(found, settings);
    if (language !== this.#language) this.#stopInterims();
    this.#language = language;
    if (settings.recognition) this.#tellInterim('original', language, text);
    if (settings.translation) for (const target of targets()) this.#translationInto(target, language).push(text);
  }

  /** All that was said; resolves when everything that follows from it was told. `told`: when the words were. */
  async finish({ recognition, pcm }: FinishedSentence, told: () => void): Promise<void> {
    const { settings, targets, roles, signal, onFailure } = this.#options;
    const hints = { language: settings.source, ...amongOf(settings) };
    let first = true;
    const heard = await again(() => {
      if (!first) return roles.hear.transcribe(pcm, { ...hints, signal });
      first = false;
      return recognition.heard;
    }, signal).catch((cause: unknown) => {
      onFailure(cause);
      return { text: this.#told.get(`original ${this.#language ?? ''}`) ?? '', language: this.#language ?? settings.source };
    });
    this.#stopInterims();
    if (signal.aborted) return;
    const text = heard.text.trim();
    const language = spelled(heard.language, settings);
    // Noise that looked like a word until now: what was shown of it must go.
    if (settings.recognition && (text !== '' || this.#told.has(`original ${this.#language ?? ''}`)))
      this.#tell('original', true, language, text);
    told();
    if (settings.translation) await Promise.all(targets().map((target) => this.#conclude(target, language, text)));
  }

  stop(): void {
    this.#stopInterims();
  }

  async #conclude(target: string, language: string, text: string): Promise<void> {
    const { settings, roles, signal, onFailure } = this.#options;
    const known = this.#told.get(`translation ${target}`);
    if (text === '') {
      if (known !== undefined) this.#tell('translation', true, target, '');
      return;
    }
    const translated = await again(() => this.#translate(target, language, text, false, signal), signal).catch(
      (cause: unknown) => {
        onFailure(cause);
        return known ?? null;
      },
    );
    if (translated === null || signal.aborted) return;
    this.#tell('translation', true, target, translated);
    // What was said in the target language was heard by everybody.
    if (!settings.speech || translated.trim() === '' || base(language) === base(target)) return;
    try {
      const pcm = await again(() => roles.speak(translated, target, settings.speaker, signal), signal);
      const file = await speechFile(pcm, signal);
      if (pcm.length > 0) this.#options.tell({ type: 'speech', language: target, text: translated, file });
    } catch (cause) {
      onFailure(cause);
    }
  }

  #translationInto(target: string, language: string): InterimTranslation {
    const known = this.#translations.get(target);
    if (known !== undefined) return known;
    const translation = new InterimTranslation({
      translate: (text, signal) => this.#translate(target, language, text, true, signal),
      onText: (text) => this.#tellInterim('translation', target, text),
      onDropped: () => this.#options.onDropped('rtvt-interim-translation'),
    });
    this.#translations.set(target, translation);
    return translation;
  }

  #translate(target: string, language: string, text: string, interim: boolean, signal: AbortSignal): Promise<string> {
    if (base(language) === base(target)) return Promise.resolve(text);
    const pair = pairFor(this.#options.translator, language, target);
    if (pair === null) return Promise.reject(new RangeError('no such pair'));
    return this.#options.roles.translate(text, pair, interim, signal);
  }

  #tellInterim(side: 'original' | 'translation', language: string, text: string): void {
    const key = `${side} ${language}`;
    if (this.#told.get(key) === text || text.trim() === '') return;
    this.#told.set(key, text);
    this.#tell(side, false, language, text);
  }

  #tell(side: 'original' | 'translation', final: boolean, language: string, text: string): void {
    this.#options.tell({ type: 'text', side, final, language, text });
  }

  #stopInterims(): void {
    for (const translation of this.#translations.values()) translation.stop();
    this.#translations.clear();
  }
}

/** A language as the client wrote it. */
function spelled(language: string, { source, alternatives }: StreamSettings): string {
  return [source, ...alternatives].find((asked) => base(asked) === base(language)) ?? language;
}

/** The languages to tell apart, where there are several. */
export const amongOf = ({ source, alternatives }: StreamSettings): { readonly among?: readonly string[] } =>
  alternatives.length === 0 ? {} : { among: [source, ...alternatives] };
