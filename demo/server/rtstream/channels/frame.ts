/** What travels on a channel socket: the shapes of `specs/rtstream.md` §4 as a union of all that readers look for, one `channel` a frame. */

export type Channel = 'transcript' | 'scene_index' | 'audio_index' | 'alert' | 'capture_session' | 'rtstream' | 'spoken_index';

export interface ChannelFrame {
  readonly channel: Channel;
  readonly rtstream_id?: string;
  readonly rtstream_name?: string;
  /** Of an index or of what the frame is about. */
  readonly id?: string;
  /** `capture_session.active` …; capture sessions and health alone. */
  readonly event?: string;
  readonly capture_session_id?: string;
  readonly status?: string;
  /** Times within are Unix ms. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Audience {
  /** Sockets that asked to be told (`ws_connection_id`), whether connected right now or not. */
  readonly connections: readonly string[];
  /** Replaced by a newer one soon: left out for slow readers, never replayed. */
  readonly interim?: boolean;
}

/** Where frames are published; sockets that follow the frame's stream (`?rtstream_id=`) hear it too. Never throws, never waits. */
export interface Channels {
  publish(frame: ChannelFrame, to: Audience): void;
}
