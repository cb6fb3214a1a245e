import type { InterpreterOptions } from '../../session/interpreter/options.ts';
import { AssistantError } from '../../shared/errors.ts';
import { present, readOptions, type Reading, type Wishes } from './options.ts';

/** The tag's attributes and properties, made into what an interpreter takes, alone or beside a conversation. */

export interface InterpreterReading extends Reading {
  /** Null where nothing is interpreted. */
  readonly interpreter: InterpreterOptions | null;
}

/** `home` and `base` as in `readOptions`. */
export function readInterpreter(wishes: Wishes, home: string, base: string): InterpreterReading {
  const reading = readOptions(wishes, home, base);
  const faults = [...reading.faults];
  const language = (field: string, value: string | null): string | null => {
    if (value === null || isLanguage(value)) return value;
    faults.push(new AssistantError('bad-option', `${field}: “${value}” is not a language tag`, { field }));
    return null;
  };
  const { options, mode } = reading;
  const interprets = mode === 'interpreter' || mode === 'captions';
  const from = language('language', interprets || wishes.translateTo !== null ? wishes.language : null);
  const to = language('translate-to', wishes.translateTo);
  if (!interprets && to === null) return { ...reading, faults, interpreter: null };
  const { microphone, speaker, stream, assetBase, workletUrl, workerUrl, muted, turn, endpoint } = options;
  const { vadSilenceMs } = wishes;
  const silenceMs = vadSilenceMs !== null && vadSilenceMs >= 0 && vadSilenceMs <= 2_000 ? vadSilenceMs : undefined;
  const interpreter = present<InterpreterOptions>({
    endpoint: interprets ? endpoint : home,
    from: from?.split('-')[0],
    to,
    turn: turn === 'hold' && interprets ? 'hold' : 'vad',
    speakAloud: wishes.speakTranslation && interprets,
    silenceMs: interprets ? silenceMs : undefined,
    muted,
    tokenProvider: wishes.loginProvider,
    tokenUrl: interprets ? wishes.tokenUrl : undefined,
    ...{ microphone, speaker, stream, assetBase, workletUrl, workerUrl },
  });
  return { ...reading, faults, interpreter };
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
