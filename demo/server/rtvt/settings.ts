import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import type { VoiceStart } from '../../../src/protocols/rtvt/messages.ts';
import type { Engines } from '../engines/engine.ts';
import { RtvtFault } from './fault.ts';
import { base, checkHeard, checkPair, checkSpoken } from './languages.ts';

/** What one stream shall be made into: what `voiceStart` asks, checked against what the engines can. Pure. */

const LANGUAGE_LENGTH = 35;
const MOST_ALTERNATIVES = 3;
const MOST_TARGETS = 4;

export interface StreamSettings {
  /** As the client wrote it, BCP 47. */
  readonly source: string;
  /** Other languages that may be spoken. */
  readonly alternatives: readonly string[];
  /** Null: the client names targets with its frames. */
  readonly targets: readonly string[] | null;
  readonly recognition: boolean;
  readonly translation: boolean;
  /** Interim results of whichever of the two are wanted. */
  readonly interim: boolean;
  readonly speech: boolean;
  /** Name of the speaking voice; null = the engine's first. */
  readonly speaker: string | null;
  /** Silence that ends a sentence, ms; null = the default, -1 = never. */
  readonly silenceMs: number | null;
}

type Roles = Pick<Engines, 'hear' | 'speak' | 'translate'>;

const bad = (name: string, what: string): RtvtFault => new RtvtFault(RTVT_CODE.badParameter, `${name}: ${what}.`);

/** Throws an `RtvtFault` that names the parameter: 800003, 800105 (with what there is) or 800106. */
export function checkedSettings(start: VoiceStart, roles: Roles): StreamSettings {
  const alternatives = alternativesOf(start);
  for (const language of [start.srcLanguage, start.destLanguage, ...alternatives]) {
    if (language.length > LANGUAGE_LENGTH) throw bad('srcLanguage, destLanguage', `at most ${LANGUAGE_LENGTH} characters`);
  }
  if ((start.userId?.length ?? 0) > 256) throw bad('userId', 'at most 256 characters');
  if ((start.attrs?.length ?? 0) > 4096) throw bad('attrs', 'at most 4096 characters');
  if ((start.codec ?? 0) !== 0) throw bad('codec', 'only 0 (PCM) is taken here');
  const settings: StreamSettings = {
    source: start.srcLanguage,
    alternatives,
    targets: start.destLanguage === '' ? null : [start.destLanguage],
    recognition: start.asrResult,
    translation: start.transResult,
    interim: start.asrTempResult,
    speech: start.ttsResult ?? false,
    speaker: speakerOf(start, roles),
    silenceMs: silenceOf(start),
  };
  checkHeard(roles, 'srcLanguage', settings.source);
  for (const language of alternatives) checkHeard(roles, 'srcAltLanguage', language);
  if (settings.translation) checkTargets(settings, settings.targets ?? [], 'destLanguage', roles);
  return settings;
}

/** Targets that came with a frame, for a stream that began without any; null where they mean nothing. Throws as above. */
export function frameTargets(
  named: readonly string[] | undefined,
  settings: StreamSettings,
  roles: Roles,
): readonly string[] | null {
  if (named === undefined || named.length === 0 || settings.targets !== null || !settings.translation) return null;
  if (named.length > MOST_TARGETS) throw bad('destLangs', `at most ${MOST_TARGETS} languages`);
  checkTargets(settings, named, 'destLangs', roles);
  return [...new Set(named)];
}

function checkTargets(settings: StreamSettings, targets: readonly string[], name: string, roles: Roles): void {
  for (const target of targets) {
    const spoken = [settings.source, ...settings.alternatives];
    // Of several languages one may be the target itself: what is said in it needs no translation.
    const foreign = spoken.length === 1 ? spoken : spoken.filter((language) => base(language) !== base(target));
    for (const language of foreign) checkPair(roles, name, language, target);
    if (settings.speech) checkSpoken(roles, 'ttsResult', target);
  }
}

function alternativesOf({ srcLanguage, srcAltLanguage = [] }: VoiceStart): readonly string[] {
  if (srcAltLanguage.length > MOST_ALTERNATIVES)
    throw new RtvtFault(RTVT_CODE.alternatives, `srcAltLanguage: at most ${MOST_ALTERNATIVES} languages.`);
  const others = srcAltLanguage.filter((language) => base(language) !== base(srcLanguage));
  return others.filter((language, index) => others.findIndex((other) => base(other) === base(language)) === index);
}

function speakerOf({ ttsSpeaker = '' }: VoiceStart, { speak }: Roles): string | null {
  if (ttsSpeaker === '') return null;
  if (speak.voices.some(({ name }) => name === ttsSpeaker)) return ttsSpeaker;
  const names = speak.voices.map(({ name }) => name).join(', ');
  throw bad('ttsSpeaker', `there is no such voice; there are: ${names.slice(0, 500)}`);
}

/** 20–2000 ms or -1; what the documents call the lower limit, 200, is not what the service holds to. */
function silenceOf({ vadSilenceTime: ms }: VoiceStart): number | null {
  if (ms === undefined || ms === -1 || (ms >= 20 && ms <= 2000)) return ms ?? null;
  throw bad('vadSlienceTime', '20 to 2000 ms, or -1 for never');
}
