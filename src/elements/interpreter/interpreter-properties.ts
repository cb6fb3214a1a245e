import { LitElement, type PropertyDeclarations } from 'lit';
import type { Interpreter } from '../../session/interpreter.ts';
import type { InterpreterOptions } from '../../session/interpreter/options.ts';
import type { ConnectCaptions } from '../captions/caption-wishes.ts';
import type { Strings } from '../english.ts';
import type { Readings } from '../metrics/metrics-events.ts';

/** What a tag says about the interpreter it wants. */
export interface InterpreterWishes {
  readonly from: string | null;
  readonly to: string | null;
  /** Base URL of the gateway; null = where the script came from. */
  readonly endpoint: string | null;
  readonly tokenUrl: string | null;
  readonly tokenProvider: NonNullable<InterpreterOptions['tokenProvider']> | null;
  readonly turn: 'vad' | 'hold';
}

const defaults = {
  interpreter: null,
  from: null,
  to: null,
  endpoint: null,
  tokenUrl: null,
  tokenProvider: null,
  turn: 'vad',
  room: null,
  roomUrl: null,
  roomToken: null,
  colorScheme: 'auto',
  metrics: false,
  readings: null,
  strings: {},
  connect: null,
  follow: null,
};

/** The attributes and properties of `<viva-interpreter>`, which are told in its own header. */
export abstract class InterpreterProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    interpreter: { attribute: false },
    from: {},
    to: {},
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    tokenProvider: { attribute: false },
    turn: {},
    room: {},
    roomUrl: { attribute: 'room-url' },
    roomToken: { attribute: 'room-token' },
    colorScheme: { attribute: 'color-scheme', reflect: true },
    metrics: { type: Boolean },
    readings: { attribute: false },
    strings: { attribute: false },
    connect: { attribute: false },
    follow: { attribute: false },
  };

  /** Set it to bring your own; never disposed of here. */
  declare interpreter: Interpreter | null;
  declare from: string | null;
  declare to: string | null;
  declare endpoint: string | null;
  declare tokenUrl: string | null;
  /** Gives a fresh login before each connection; wins over `token-url`. */
  declare tokenProvider: InterpreterWishes['tokenProvider'];
  declare turn: string;
  declare room: string | null;
  declare roomUrl: string | null;
  declare roomToken: string | null;
  declare colorScheme: string;
  declare metrics: boolean;
  /** What is shown of the connection; measured here by default. */
  declare readings: Readings | null;
  /** Replaces any of the words that are shown. */
  declare strings: Partial<Strings>;
  /** Makes the interpreter; the built-in one by default. */
  declare connect: ((wishes: InterpreterWishes) => Interpreter) | null;
  /** Makes the follower of a room; the built-in one by default. */
  declare follow: ConnectCaptions | null;

  constructor() {
    super();
    Object.assign(this, defaults);
  }
}
