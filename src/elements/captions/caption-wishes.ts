import type { CaptionSource } from '../../session/caption-source.ts';
import type { InterpreterOptions } from '../../session/interpreter/options.ts';

/** What a tag says about where its captions come from, and who makes that into a source. */

export interface CaptionWishes {
  readonly from: string | null;
  readonly to: string | null;
  /** Base URL of the gateway; null = where the script came from. */
  readonly endpoint: string | null;
  readonly tokenUrl: string | null;
  readonly tokenProvider: NonNullable<InterpreterOptions['tokenProvider']> | null;
  /** Followed read-only when set. */
  readonly room: string | null;
  /** Base URL of the room's service; null = `endpoint`. */
  readonly roomUrl: string | null;
  /** Lets its holder follow the room; null = one is asked for. */
  readonly roomToken: string | null;
  /** Heard instead of the microphone. */
  readonly media: HTMLMediaElement | null;
}

/** Opens nothing before `start`. Throws an `AssistantError` when the wishes cannot be meant. */
export type ConnectCaptions = (wishes: CaptionWishes) => CaptionSource;

export type SourceKind = 'conversation' | 'interpreter' | 'room' | 'media' | 'microphone' | 'pushed';

/** Where the captions come from, by what the tag says. */
export function sourceKind(tag: {
  readonly source: string | null;
  readonly interpreter: unknown;
  readonly room: string | null;
  readonly media: HTMLMediaElement | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly lines: readonly unknown[];
}): SourceKind {
  if (tag.interpreter !== null) return 'interpreter';
  if (tag.room !== null && tag.room !== '') return 'room';
  if (tag.media !== null) return 'media';
  if (tag.source === 'pushed' || tag.lines.length > 0) return 'pushed';
  return tag.source === 'microphone' || tag.from !== null || tag.to !== null ? 'microphone' : 'conversation';
}
