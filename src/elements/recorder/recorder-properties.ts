import { LitElement, type PropertyDeclarations } from 'lit';
import type { Recorder } from '../../session/recorder.ts';
import type { Strings } from '../english.ts';

/** What a tag says about the recorder it wants. */
export interface RecorderWishes {
  /** Base URL of the gateway; null = where the script came from. */
  readonly endpoint: string | null;
  readonly tokenUrl: string | null;
  readonly sessionId: string | null;
  readonly token: string | null;
  readonly endUserId: string | null;
}

export type ConnectRecorder = (wishes: RecorderWishes) => Recorder;

const defaults = {
  recorder: null,
  record: 'microphone',
  choices: 'microphone camera screen system-audio',
  endpoint: null,
  tokenUrl: null,
  sessionId: null,
  token: null,
  endUserId: null,
  nopreview: false,
  colorScheme: 'auto',
  strings: {},
  connect: null,
};

/** The attributes and properties of `<viva-recorder>`, which are told in its own header. */
export abstract class RecorderProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    recorder: { attribute: false },
    record: {},
    choices: {},
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    sessionId: { attribute: 'session-id' },
    token: { attribute: false },
    endUserId: { attribute: 'end-user-id' },
    nopreview: { type: Boolean },
    colorScheme: { attribute: 'color-scheme', reflect: true },
    strings: { attribute: false },
    connect: { attribute: false },
  };

  /** One that the page made; otherwise the tag makes its own when it is started. */
  declare recorder: Recorder | null;
  declare record: string;
  declare choices: string;
  declare endpoint: string | null;
  declare tokenUrl: string | null;
  declare sessionId: string | null;
  /** Client token (`st-…`) that the page's server gave it. */
  declare token: string | null;
  declare endUserId: string | null;
  declare nopreview: boolean;
  declare colorScheme: 'auto' | 'light' | 'dark';
  /** Replaces any of the words that are shown. */
  declare strings: Partial<Strings>;
  /** Makes the recorder; default: loaded when it is started. */
  declare connect: ConnectRecorder | null;

  constructor() {
    super();
    Object.assign(this, defaults);
  }
}
