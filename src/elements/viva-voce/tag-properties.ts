import { LitElement, type PropertyDeclarations } from 'lit';
import type { Assistant, LiveStream } from '../../session/assistant.ts';
import type { RtvtToken } from '../../session/interpreter/command.ts';
import type { Token, TokenReason, Tool } from '../../session/options.ts';
import type { Phase } from '../../session/state.ts';
import type { Strings } from '../english.ts';
import type { Wishes } from './options.ts';
import { flag, given, number, shown, text } from './properties.ts';

/** What is not null before anybody sets it. */
const defaults = {
  mode: 'assistant',
  turn: 'vad',
  bargeIn: 'natural',
  muted: false,
  cameraOn: false,
  screenOn: false,
  speakTranslation: false,
  open: false,
  defaultOpen: false,
  placement: 'bottom-end',
  variant: 'launcher',
  colorScheme: 'auto',
  strings: {},
  state: 'idle',
};

/** The attributes and properties of `<viva-voce>`, which are told in its own header. */
export abstract class TagProperties extends LitElement implements Wishes {
  static override properties: PropertyDeclarations = {
    endpoint: text,
    protocol: text,
    preset: text,
    model: text,
    tokenUrl: { attribute: 'token-url' },
    tokenProvider: given,
    language: text,
    voice: text,
    instructions: text,
    mode: text,
    turn: text,
    vadThreshold: number('vad-threshold'),
    vadSilenceMs: number('vad-silence-ms'),
    vadPrefixMs: number('vad-prefix-ms'),
    bargeIn: { attribute: 'barge-in' },
    muted: flag('muted'),
    tools: given,
    stream: given,
    microphone: text,
    speaker: text,
    camera: text,
    cameraOn: flag('camera-on'),
    screenOn: flag('screen-on'),
    frameEvery: number('frame-every'),
    assetBase: { attribute: 'asset-base' },
    workletUrl: { attribute: 'worklet-url' },
    workerUrl: { attribute: 'worker-url' },
    sileroUrl: { attribute: 'silero-url' },
    translateTo: { attribute: 'translate-to' },
    speakTranslation: flag('speak-translation'),
    loginProvider: given,
    open: flag('open'),
    defaultOpen: flag('default-open'),
    placement: shown('placement'),
    variant: shown('variant'),
    colorScheme: shown('color-scheme'),
    strings: { type: Object },
    assistant: given,
    state: { reflect: true },
  };

  declare endpoint: string | null;
  declare protocol: string | null;
  declare preset: string | null;
  declare model: string | null;
  declare tokenUrl: string | null;
  /** Gives a short-lived secret before each connection; wins over `token-url`. */
  declare tokenProvider: ((reason: TokenReason) => Promise<Token>) | null;
  declare language: string | null;
  declare voice: string | null;
  declare instructions: string | null;
  declare mode: string;
  declare turn: string;
  declare vadThreshold: number | null;
  declare vadSilenceMs: number | null;
  declare vadPrefixMs: number | null;
  declare bargeIn: string;
  declare muted: boolean;
  /** What the assistant may do on this page: name → description, JSON Schema and function. */
  declare tools: Readonly<Record<string, Tool>> | null;
  /** A `MediaStream` of the page used as microphone; never stopped. */
  declare stream: LiveStream | null;
  declare microphone: string | null;
  declare speaker: string | null;
  declare camera: string | null;
  declare cameraOn: boolean;
  declare screenOn: boolean;
  declare frameEvery: number | null;
  declare assetBase: string | null;
  declare workletUrl: string | null;
  declare workerUrl: string | null;
  declare sileroUrl: string | null;
  declare translateTo: string | null;
  declare speakTranslation: boolean;
  /** Gives a fresh RTVT login before each connection of the interpreter. */
  declare loginProvider: ((reason: TokenReason) => Promise<RtvtToken>) | null;
  declare open: boolean;
  declare defaultOpen: boolean;
  declare placement: string;
  declare variant: string;
  declare colorScheme: string;
  /** Replaces any of the words that are shown. */
  declare strings: Partial<Strings>;
  /** The conversation; set it to bring your own. */
  declare assistant: Assistant | null;
  /** Where the conversation stands; read only. */
  declare state: Phase;

  /** Live captions are all there is: no assistant answers. */
  get interprets(): boolean {
    return this.mode === 'interpreter' || this.mode === 'captions';
  }

  constructor() {
    super();
    const names = [...TagProperties.elementProperties.keys()];
    Object.assign(this, Object.fromEntries(names.map((name) => [name, null])), defaults);
  }
}
