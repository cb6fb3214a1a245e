import type { PropertyDeclarations } from 'lit';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { Interpreter } from '../../session/interpreter.ts';
import { AssistantElement } from '../assistant-element.ts';
import type { CaptionWishes, ConnectCaptions } from './caption-wishes.ts';

const defaults = {
  source: null,
  from: null,
  to: null,
  endpoint: null,
  tokenUrl: null,
  tokenProvider: null,
  room: null,
  roomUrl: null,
  roomToken: null,
  rows: 2,
  languages: 'original translation',
  placement: 'inline',
  size: 'm',
  contrast: 'page',
  nocontrols: false,
  autostart: false,
  storageKey: 'viva-captions',
  lines: [],
  interpreter: null,
  connect: null,
};

/** The attributes and properties of `<viva-captions>`, which are told in its own header. */
export abstract class CaptionProperties extends AssistantElement {
  static override properties: PropertyDeclarations = {
    source: {},
    from: {},
    to: {},
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    tokenProvider: { attribute: false },
    room: {},
    roomUrl: { attribute: 'room-url' },
    roomToken: { attribute: 'room-token' },
    rows: { type: Number },
    languages: {},
    placement: { reflect: true },
    size: {},
    contrast: {},
    nocontrols: { type: Boolean },
    autostart: { type: Boolean },
    storageKey: { attribute: 'storage-key' },
    lines: { attribute: false },
    interpreter: { attribute: false },
    connect: { attribute: false },
  };

  declare source: string | null;
  declare from: string | null;
  declare to: string | null;
  declare endpoint: string | null;
  declare tokenUrl: string | null;
  /** Gives a fresh login before each connection; wins over `token-url`. */
  declare tokenProvider: CaptionWishes['tokenProvider'];
  declare room: string | null;
  declare roomUrl: string | null;
  declare roomToken: string | null;
  declare rows: number;
  declare languages: string;
  declare placement: string;
  declare size: string;
  declare contrast: string;
  declare nocontrols: boolean;
  declare autostart: boolean;
  declare storageKey: string;
  /** What the page itself has to say; see also `addCaption`. */
  declare lines: readonly CaptionLine[];
  /** Shown beside a conversation when there is one, else alone. Never disposed of here. */
  declare interpreter: Interpreter | null;
  /** Makes the source; the built-in one by default. */
  declare connect: ConnectCaptions | null;

  constructor() {
    super();
    Object.assign(this, defaults);
  }
}
