import type { Engines } from '../engines/engine.ts';
import { mergeConfig } from './merge-config.ts';
import { defaultConfig, describeConfig } from './session-config.ts';
import type { SessionConfig } from './session-config.ts';

/** A session's configuration as it begins, and as it is told with what is known of the session itself. */

/** The configuration that a session begins with. Throws a `RealtimeFault` when `defaults` are not usable. */
export function initialConfig(
  type: SessionConfig['type'],
  model: string,
  defaults: Readonly<Record<string, unknown>> | null,
  engines: Pick<Engines, 'hear' | 'speak'>,
): SessionConfig {
  const voices = engines.speak.voices.map((voice) => voice.name);
  const config = defaultConfig(type, model, voices.includes('marin') ? 'marin' : (voices[0] ?? 'marin'));
  if (defaults === null) return config;
  return mergeConfig(config, { ...defaults, type }, { voices, hear: engines.hear, speak: engines.speak, spoken: false });
}

export interface SessionFacts {
  readonly id: string;
  /** Unix s */
  readonly expiresAt: number;
}

/** In GA shape, with `viva`: which engine plays each role, and which wishes are not in force. */
export function describeSession(
  config: SessionConfig,
  { id, expiresAt }: SessionFacts,
  { hear, speak, answer, see }: Pick<Engines, 'hear' | 'speak' | 'answer' | 'see'>,
): Record<string, unknown> {
  return {
    ...describeConfig(config),
    object: config.type === 'transcription' ? 'realtime.transcription_session' : 'realtime.session',
    id,
    expires_at: expiresAt,
    viva: {
      engines: { hear: hear.name, speak: speak.name, answer: answer.name, see: see.name },
      ignored: Object.entries(config.ignored).map(([field, reason]) => ({ field, reason })),
      limits: answer.limits(config.instructions),
    },
  };
}
