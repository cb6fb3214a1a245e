import type { Phase } from '../session/state.ts';
import { launcherStrings } from './viva-voce/launcher-strings.ts';

/** The words of the panel; those of the parts that are loaded later stand beside them, and `english.ts` has them all. */

const phases: Record<`phase-${Phase}`, string> = {
  'phase-idle': 'Ready',
  'phase-connecting': 'Connecting',
  'phase-listening': 'Listening',
  'phase-thinking': 'Thinking',
  'phase-speaking': 'Speaking',
  'phase-reconnecting': 'Reconnecting',
  'phase-ended': 'Ended',
  'phase-error': 'Something went wrong',
};

/** What is needed to begin. */
export const panelStrings = {
  ...launcherStrings,
  ...phases,
  title: 'Assistant',
  emptyVoice: 'Ask out loud.',
  emptyText: 'Ask anything.',
  emptyVoiceHint: 'Your microphone stays closed until you press Start talking. You can also write.',
  emptyTextHint: 'Write below. Answers come from this site.',
  start: 'Start talking',
  stop: 'End',
  again: 'Talk again',
  mute: 'Mute microphone',
  unmute: 'Unmute microphone',
  interrupt: 'Stop answering',
  hold: 'Hold to talk',
  holding: 'Release to send',
  toggleOn: 'Press to talk',
  toggleOff: 'Press to send',
  talk: 'Talk',
  write: 'Write a message',
  send: 'Send',
  close: 'Close',
  hearing: 'Hearing you',
  statusWriting: 'Connected',
  statusMuted: 'Muted',
  latency: 'Answered in {last} s',
  latencyMean: 'on average {mean} s',
  retryIn: 'Next try in {seconds} s',
  camera: 'Show your camera',
  cameraOff: 'Stop the camera',
  screen: 'Share your screen',
  screenOff: 'Stop sharing',
  cameraOn: 'Camera on',
  screenOn: 'Screen shared',
  devices: 'Sound and devices',
};

export type PanelStrings = typeof panelStrings;

/** Puts values into `{name}` places. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
