import type { Phase } from '../session/state.ts';
import type { ErrorKey } from './alert/error-strings.ts';
import { launcherStrings } from './viva-voce/launcher-strings.ts';

/** The words the elements show or say; the `strings` property replaces any of them. Sentences for failures: `alert/error-strings.ts`. */

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

export const english = {
  ...launcherStrings,
  ...phases,
  title: 'Assistant',
  you: 'You',
  assistant: 'Assistant',
  system: 'Note',
  tool: 'Step',
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
  interrupted: 'cut here',
  failed: 'not understood',
  hearing: 'Hearing you',
  statusWriting: 'Connected',
  statusMuted: 'Muted',
  picture: 'Picture you showed',
  sources: 'From',
  latest: 'Newest',
  transcript: 'Conversation',
  captions: 'Live captions',
  level: 'Sound level',
  latency: 'Answered in {last} s',
  latencyMean: 'on average {mean} s',
  retryIn: 'Next try in {seconds} s',
  expiresIn: 'Ends in {minutes} min',
  camera: 'Show your camera',
  cameraOff: 'Stop the camera',
  screen: 'Share your screen',
  screenOff: 'Stop sharing',
  cameraOn: 'Camera on',
  screenOn: 'Screen shared',
  showThis: 'Ask about this picture',
  showQuestion: 'What do you see in this picture?',
  devices: 'Sound and devices',
  microphone: 'Microphone',
  speaker: 'Speaker',
  cameraDevice: 'Camera',
  browserChoice: 'Browser’s choice',
  volume: 'Volume',
  granted: 'In use',
  echoCancellation: 'echo cancelling',
  noiseSuppression: 'noise reduction',
  autoGainControl: 'level control',
  on: 'on',
  off: 'off',
  unknown: 'not told',
  report: 'Copy a report for support',
  reported: 'Copied',
  retry: 'Try again',
  writeInstead: 'Write instead',
  soundOn: 'Turn sound on',
  newConversation: 'Start a new one',
  dismiss: 'Dismiss',
};

export type StringKey = keyof typeof english;
/** All of the words; a sentence for a failure only where the page has its own. */
export type Strings = Readonly<Record<StringKey, string> & Partial<Record<ErrorKey, string>>>;

/** Puts values into `{name}` places. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
