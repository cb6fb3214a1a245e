import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Answering, Engines, Hearing, Seeing, Speaking, Translating } from './engine.ts';
import type { LocalAnswererParts } from './local/answer/answer.ts';
import { localVoiceActivity } from './local/activity.ts';
import { localHearing, type LocalHearOptions } from './local/hear.ts';
import { localSeeing } from './local/see.ts';
import { localSpeaking } from './local/speak.ts';
import { localTranslating } from './local/translate.ts';
import { apertiumHere, NoApertiumError } from './local/translate/apertium.ts';
import {
  espeak,
  faces,
  libvosk,
  moonshine,
  moonshineSpanish,
  objects,
  piper,
  silero,
  voskSpanish,
  type WeightPackage,
} from './weights-table.ts';
import { ensureWeights, type WeightsOptions } from './weights.ts';
import { WeightsError } from './weights/weights-error.ts';

/** Which engine plays which role, by the configuration. */

export interface EnginesOptions {
  readonly log: Logger;
  /** How a download of weights is shown; default: a bar on stderr. */
  readonly progress?: WeightsOptions['progress'];
}

/**
 * Fetches the weights that the local roles need, reads the knowledge, and makes an engine for each role. What needs time to start begins
 * to; each engine's `warm` tells when it is ready. Rejects with WeightsError (which says what to do) or EngineFailedError.
 */
export async function createEngines(config: Config, options: EnginesOptions): Promise<Engines> {
  const { roles } = config;
  const { log } = options;
  const needed: readonly WeightPackage[] = [
    silero,
    ...(roles.hear === null ? [moonshine] : []),
    ...(roles.speak === null ? [piper] : []),
    ...(roles.see === null ? [objects, faces] : []),
  ];
  const folders = await ensureWeights(
    config.modelsDir,
    needed,
    options.progress === undefined ? {} : { progress: options.progress },
  );
  const folderOf = (weights: WeightPackage): string => folders[needed.indexOf(weights)] ?? '';
  const warn = (line: string): void => log.warn(line);
  const [spanish, otherVoices] = [
    roles.hear === null ? await spanishFolders(config, options) : null,
    roles.speak === null ? await besides(config, options, 'Voices for other languages', [espeak]) : null,
  ];
  const local = (weights: WeightPackage) => ({ weights: folderOf(weights), log: warn });
  const [hear, speak, see] = await Promise.all([
    roles.hear === null ? localHearing({ ...local(moonshine), spanish }) : remoteHearing(roles.hear),
    roles.speak === null ? localSpeaking({ ...local(piper), espeak: otherVoices?.[0] ?? null }) : remoteSpeaking(roles.speak),
    roles.see === null
      ? localSeeing({ weights: { objects: folderOf(objects), faces: folderOf(faces) }, log: warn })
      : remoteSeeing(roles.see),
  ]);
  const activity = localVoiceActivity(local(silero));
  const others = [hear, activity, speak];
  // While the answerer reads its documents. Whoever calls `warm` later is told of a failure; here it would be told to nobody.
  for (const engine of others) engine.warm().catch(() => undefined);
  try {
    const [answer, translation] = await Promise.all([
      roles.answer === null ? localAnswering(config, { see, log: (line) => log.info(line) }) : remoteAnswering(roles.answer),
      roles.translate === null ? localTranslation(config, options) : remoteTranslation(roles.translate),
    ]);
    return { hear, activity, speak, see, answer, ...translation };
  } catch (error) {
    await Promise.all([...others, see].map((engine) => engine.close()));
    throw error;
  }
}

/** Weights that a start goes on without: null when they cannot be had, which is said. */
async function besides(
  { modelsDir }: Config,
  { log, progress }: EnginesOptions,
  label: string,
  weights: readonly WeightPackage[],
): Promise<readonly string[] | null> {
  try {
    return await ensureWeights(modelsDir, weights, progress === undefined ? { label } : { progress });
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    log.warn(`${label}: not here. ${error.message}`);
    return null;
  }
}

async function spanishFolders(config: Config, options: EnginesOptions): Promise<NonNullable<LocalHearOptions['spanish']> | null> {
  const label = 'Recognition of Spanish';
  const built = libvosk(process.platform, process.arch);
  if (built === null) {
    options.log.warn(`${label}: not here. Vosk is not built for ${process.platform} ${process.arch}.`);
    return null;
  }
  const folders = await besides(config, options, label, [voskSpanish, built]);
  if (folders === null) return null;
  const better = config.hearSpanish === 'moonshine' ? await besides(config, options, label, [moonshineSpanish]) : null;
  return { model: folders[0] ?? '', library: folders[1] ?? '', moonshine: better?.[0] ?? null };
}

type Remote = NonNullable<Config['roles']['hear']>;

// Its dictionaries take a second to load: the other engines start in the meantime.
const localAnswering = async (config: Config, parts: LocalAnswererParts): Promise<Answering> =>
  (await import('./local/answer/answer.ts')).createLocalAnswerer(config, parts);

type Translation = Required<Pick<Engines, 'translate'>> & Pick<Engines, 'noTranslate'>;

/** Without it everything else works: why there is none is told, not thrown. */
async function localTranslation({ modelsDir }: Config, { log, progress }: EnginesOptions): Promise<Translation> {
  try {
    const apertium = await apertiumHere({ modelsDir, progress });
    return { translate: localTranslating({ apertium, log: (line) => log.warn(line) }) };
  } catch (error) {
    if (!(error instanceof NoApertiumError)) throw error;
    const noTranslate = `${error.message}; or name a server by TRANSLATE_BASE_URL`;
    log.warn(`No translation here: ${noTranslate}`);
    return { translate: null, noTranslate };
  }
}

// Imported only when a role asks for it: the client is large, and a start without it is faster.
const remoteHearing = async (remote: Remote): Promise<Hearing> => (await import('./openai/hear.ts')).openaiHearing(remote);
const remoteTranslation = async (remote: Remote): Promise<Translation> => {
  const translate: Translating = (await import('./openai/translate.ts')).openaiTranslating(remote);
  return { translate };
};
const remoteSpeaking = async (remote: Remote): Promise<Speaking> => (await import('./openai/speak.ts')).openaiSpeaking(remote);
const remoteSeeing = async (remote: Remote): Promise<Seeing> => (await import('./openai/see.ts')).openaiSeeing(remote);
const remoteAnswering = async (remote: Remote): Promise<Answering> =>
  (await import('./openai/answer.ts')).openaiAnswering(remote);
