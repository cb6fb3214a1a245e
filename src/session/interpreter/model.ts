import type { PlaybackCommand } from '../../../worklets/messages.ts';
import type { InterpreterUplink, StreamSettings } from '../../shared/interpretation.ts';
import { idleInterpreter, type InterpreterState, type Side } from '../interpreter.ts';
import type { InterpreterRunOptions } from './command.ts';

/** What a running interpreter knows, the part that is shown and the part that is not. */

export interface Direction {
  /** The stream's name on the wire. */
  readonly stream: string;
  readonly side: Side;
}

export interface Model {
  readonly shown: InterpreterState;
  readonly options: InterpreterRunOptions;
  /** Streams that get sound; none before the microphone is there. */
  readonly open: readonly Direction[];
  /** Streams that get none any more, and may still have words to tell. */
  readonly closing: readonly string[];
  /** Streams made so far, for names that are never used twice. */
  readonly made: number;
  /** The microphone has given its first sound. */
  readonly live: boolean;
  readonly ducked: boolean;
}

export type Effect =
  | { readonly to: 'wire'; readonly uplink: InterpreterUplink }
  | { readonly to: 'speaker'; readonly command: PlaybackCommand }
  /** Say this aloud after what is being said. */
  | { readonly to: 'voice'; readonly audio: Uint8Array; readonly itemId: string }
  /** Forget everything that waits to be said. */
  | { readonly to: 'hush' };

export const initial = (options: InterpreterRunOptions): Model => ({
  shown: {
    ...idleInterpreter,
    phase: 'connecting',
    from: options.from,
    to: options.to,
    muted: options.muted,
    speakAloud: options.speakAloud,
  },
  options,
  open: [],
  closing: [],
  made: 0,
  live: false,
  ducked: false,
});

export const show = (model: Model, changes: Partial<InterpreterState>): Model => ({
  ...model,
  shown: { ...model.shown, ...changes },
});

/** Ends every stream and begins anew with the languages of now; nothing is opened before there is sound for it. */
export function reopened(model: Model): readonly [Model, readonly Effect[]] {
  if (!model.live) return [model, []];
  const old = model.open.map(({ stream }) => stream);
  const closing = old.map((stream): Effect => ({ to: 'wire', uplink: { type: 'close', stream } }));
  const sides: readonly Side[] = model.options.turn === 'hold' && model.shown.to !== null ? ['near', 'far'] : ['near'];
  const open = sides.map((side, index) => ({
    side,
    stream: `${side}-${String(model.options.run)}.${String(model.made + index + 1)}`,
  }));
  const opening = open.map(({ stream, side }): Effect => ({
    to: 'wire',
    uplink: { type: 'open', stream, settings: settingsOf(model, side) },
  }));
  const made = model.made + open.length;
  return [{ ...model, open, made, closing: [...model.closing, ...old] }, [...closing, ...opening]];
}

function settingsOf({ shown, options }: Model, side: Side): StreamSettings {
  const { from, to, speakAloud } = shown;
  const { alternatives, voice, silenceMs, userId } = options;
  const [spoken, wanted] = side === 'far' && to !== null ? [to, from] : [from, to];
  return {
    from: spoken,
    to: wanted,
    speak: speakAloud && wanted !== null,
    ...(side === 'near' && alternatives.length > 0 ? { alternatives: alternatives.filter((other) => other !== spoken) } : {}),
    ...(voice === null ? {} : { voice }),
    ...(silenceMs === null ? {} : { silenceMs }),
    ...(userId === null ? {} : { userId }),
  };
}

/** Muted, or not the one who holds the talk key: the stream gets silence, since streams expire without sound (specs/rtvt.md §4.3). */
export const isSilenced = ({ shown, options }: Model, side: Side): boolean =>
  shown.muted || (options.turn === 'hold' && shown.speaking !== side);
