import type { CaptureChannelId } from '../../shared/capture.ts';
import type { CaptureState } from '../../session/recorder.ts';
import { fill } from '../strings.ts';
import { channelWord, type RecorderStrings } from './recorder-strings.ts';

/** What is said of a capture's state; nothing here touches the page. */

/** `1:02:03` or `2:03`. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** As `<time datetime>` wants it. */
export const durationTime = (ms: number): string => `PT${Math.floor(ms / 1000)}S`;

export const isRunning = (phase: CaptureState['phase']): boolean => phase === 'recording' || phase === 'paused';

/** Leaving the page now would lose something. */
export const isUnsaved = ({ phase }: CaptureState): boolean => isRunning(phase) || phase === 'stopping';

/** Devices that are open. */
const openChannels = ({ phase, channels }: CaptureState): readonly CaptureChannelId[] =>
  isRunning(phase) ? channels.filter(({ state }) => state === 'recording').map(({ channel }) => channel) : [];

/** Seconds of delay that are no delay: chunks are on their way all the time. */
const USUAL_MS = 1500;

/** How saving goes. */
export function linkWords({ link, upload, phase }: CaptureState, words: RecorderStrings): string {
  const seconds = Math.ceil(upload.bufferedMs / 1000);
  if (link === 'lost') return fill(words.recorderLinkLost, { seconds });
  if (link === 'connecting') return words.recorderLinkConnecting;
  if (upload.bufferedMs > USUAL_MS || (phase === 'stopping' && seconds > 0)) return fill(words.recorderBuffered, { seconds });
  return words.recorderLinkUp;
}

/** Which channels, in words. */
const channelWords = (channels: readonly CaptureChannelId[], words: RecorderStrings): string =>
  channels.map((channel) => words[channelWord[channel]]).join(', ');

/** The page's mark while devices are open; null: none is. `words` null: they are on their way, and another language's do not stand in for them. */
export function markOf(
  state: CaptureState,
  words: RecorderStrings | null,
): { readonly label: string; readonly paused: boolean } | null {
  const open = openChannels(state);
  if (open.length === 0) return null;
  const paused = state.phase === 'paused';
  if (words === null) return { label: '', paused };
  return { label: fill(paused ? words.recorderMarkPaused : words.recorderMark, { what: channelWords(open, words) }), paused };
}

/** What a screen reader is told: with every change of phase, of a channel and of the connection, never with time. */
export function announcement(state: CaptureState, words: RecorderStrings): string {
  const said: string[] = [words[`recorderPhase-${state.phase}`]];
  if (isRunning(state.phase)) {
    const ended = state.channels.filter(({ state: now }) => now !== 'recording');
    for (const { channel, state: now } of ended) said.push(`${words[channelWord[channel]]} ${words[`recorderChannel-${now}`]}.`);
    if (state.link === 'lost') said.push(words.recorderLinkLost.replace(/:.*/s, '.'));
  }
  return said.join(' ');
}
