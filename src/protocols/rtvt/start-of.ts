import type { StreamSettings } from '../../shared/interpretation.ts';
import type { VoiceStart } from './messages.ts';

/** `voiceStart` of what a page wishes (specs/rtvt.md §4.2). */
export const startOf = (settings: StreamSettings): VoiceStart => ({
  asrResult: settings.transcribe ?? true,
  asrTempResult: settings.interim ?? true,
  transResult: settings.to !== null,
  srcLanguage: settings.from,
  destLanguage: settings.to ?? '',
  srcAltLanguage: settings.alternatives,
  ttsResult: settings.speak,
  ttsSpeaker: settings.voice,
  userId: settings.userId,
  codec: settings.codec,
  attrs: settings.attributes,
  vadSilenceTime: settings.silenceMs,
});
