import { LitElement, type PropertyDeclarations } from 'lit';
import type { StreamsDesk } from '../../session/streams.ts';
import type { StreamWords } from './stream-strings.ts';

/** What a tag says about the streams it shows. */
export interface StreamWishes {
  /** Base URL of the gateway; null = where the script came from. */
  readonly endpoint: string | null;
  readonly tokenUrl: string | null;
  /** Gives a fresh token; wins over `tokenUrl`. */
  readonly tokenProvider: (() => Promise<{ readonly token: string }>) | null;
  /** Id of the collection; null = the default one. */
  readonly collection: string | null;
}

export type ConnectStreams = (wishes: StreamWishes) => StreamsDesk;

const defaults = {
  endpoint: null,
  tokenUrl: null,
  tokenProvider: null,
  collection: null,
  colorScheme: 'auto',
  strings: {},
  connect: null,
};

/** The attributes and properties of `<viva-streams>`, which are told in its own header. */
export abstract class StreamProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    tokenProvider: { attribute: false },
    collection: {},
    colorScheme: { attribute: 'color-scheme', reflect: true },
    strings: { attribute: false },
    connect: { attribute: false },
  };

  declare endpoint: string | null;
  declare tokenUrl: string | null;
  /** Gives a fresh token before each connection; wins over `token-url`. */
  declare tokenProvider: StreamWishes['tokenProvider'];
  declare collection: string | null;
  declare colorScheme: 'auto' | 'light' | 'dark';
  /** Replaces words of its own. */
  declare strings: Partial<StreamWords>;
  /** Brings another desk than that of the gateway. */
  declare connect: ConnectStreams | null;

  constructor() {
    super();
    Object.assign(this, defaults);
  }
}
