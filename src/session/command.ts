import type { InterruptCause } from '../shared/wire.ts';

/** What the page may wish of a running session. */
export type Command =
  /** Open (or close) the microphone within a running conversation. */
  | { readonly type: 'voice'; readonly on: boolean }
  | { readonly type: 'mute'; readonly muted: boolean }
  | { readonly type: 'interrupt'; readonly cause: InterruptCause }
  /** The talk key; only when turns are held or toggled. */
  | { readonly type: 'hold'; readonly down: boolean }
  | { readonly type: 'text'; readonly id: string; readonly text: string }
  | { readonly type: 'image'; readonly id: string; readonly dataUrl: string; readonly text: string; readonly respond: boolean }
  | { readonly type: 'context'; readonly id: string; readonly text: string }
  | { readonly type: 'retry' };
