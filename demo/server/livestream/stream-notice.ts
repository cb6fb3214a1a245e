import type { ChannelFrame } from '../rtstream/channels/frame.ts';
import type { NewNotice } from './notices/notices.ts';

/** Alerts and the state of streams as `/ws` tells them; null = not for it. Pure. */
export function streamNotice({ channel, data, ...frame }: ChannelFrame): NewNotice | null {
  const { rtstream_id = null, rtstream_name = null } = frame;
  const source = 'rtstream_service';
  if (channel === 'alert') return { type: 'alert', source, data: { rtstream_id, rtstream_name, ...data } };
  if (channel === 'rtstream')
    return { type: 'stream_status', source, data: { rtstream_id, rtstream_name, status: frame.status ?? null, ...data } };
  return null;
}
