import { captureChannels } from '../../../src/shared/capture.ts';
import type { CaptureChannelId } from '../../../src/shared/capture.ts';

/** The channel that an id means: recorders write `mic:<device>` or `display:1`, sessions and `get_rtstream` know the plain word (spec §6). */
export function channelOf(id: string): CaptureChannelId | null {
  const [word = ''] = id.trim().toLowerCase().split(':', 1);
  const plain = word === 'display' ? 'screen' : word === 'microphone' ? 'mic' : word;
  return captureChannels.find((channel) => channel === plain) ?? null;
}
