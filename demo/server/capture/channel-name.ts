import { captureChannels, captureKind } from '../../../src/shared/capture.ts';
import type { CaptureChannelId } from '../../../src/shared/capture.ts';
import { ApiError } from '../rtstream/api/api-error.ts';
import type { CaptureChannel } from '../store/tables.ts';

/** What a channel of a capture is called: by whoever records it, in its session, and by those who ask for its stream. */

/** A channel whose id is one of ours. */
export type NamedChannel = CaptureChannel & { readonly channel_id: CaptureChannelId };

/** The channel that an id means: recorders write `mic:<device>` or `display:1`, sessions and `get_rtstream` know the plain word (spec §6). */
export function channelOf(id: string): CaptureChannelId | null {
  const [word = ''] = id.trim().toLowerCase().split(':', 1);
  const plain = word === 'display' ? 'screen' : word === 'microphone' ? 'mic' : word;
  return captureChannels.find((channel) => channel === plain) ?? null;
}

/** As a recorder announced it. Throws `ApiError` 400. */
export function namedChannel(told: CaptureChannel): NamedChannel {
  const channel = channelOf(told.channel_id);
  if (channel !== null) return { ...told, channel_id: channel };
  throw new ApiError(
    400,
    'invalid_value',
    `channels: ${told.channel_id.slice(0, 60)} is no channel; mic, camera, screen and system_audio are.`,
    'channels',
  );
}

/** As an uploader wishes for it; what the session says of it already stands. `label`: of its device, may be empty. */
export function wantedChannel(announced: readonly CaptureChannel[], channel: CaptureChannelId, label: string): NamedChannel {
  const known = announced.find(({ channel_id: id }) => channelOf(id) === channel);
  return {
    name: known?.name ?? (label === '' ? `${channel}:default` : `${channel}:${label}`),
    type: captureKind(channel),
    store: known?.store ?? true,
    is_primary: known?.is_primary ?? false,
    channel_id: channel,
  };
}
