import { LitElement, type PropertyDeclarations } from 'lit';
import type { Assistant, LiveStream } from '../../session/assistant.ts';
import type { RtvtToken } from '../../session/interpreter/command.ts';
import type { Token, TokenReason, Tool } from '../../session/options.ts';
import type { Phase } from '../../session/state.ts';
import type { Prices } from '../metrics/prices.ts';
import type { Strings } from '../english.ts';
import type { Wishes } from './options.ts';
import { each, flag, given, json, number, shown, text } from './properties.ts';

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
  metrics: false,
  resizable: false,
  keyboard: false,
  dismissed: false,
};

/** What needs code of its own, which is fetched when one of these is set: `extras.ts`. */
const beyond = {
  ...each(
    text,
    'consent consent-key privacy-url resume resume-key feedback link-hosts image-hosts page-actions avatar currency pin recycle heartbeat-url duplex controls presence attract-src languages dismissible',
  ),
  ...each(number, 'spending-limit idle-timeout-ms idle-countdown-ms watchdog-ms heartbeat-ms'),
  ...each(flag, 'metrics resizable keyboard dismissed'),
  ...each(json, 'suggestions prices'),
  ...each(given, 'tools levels'),
};

const beyondNames = Object.keys(beyond) as (keyof TagProperties)[];

/** The attributes and properties of `<viva-voce>`, which are told in its own header. */
export abstract class TagProperties extends LitElement implements Wishes {
  static override properties: PropertyDeclarations = {
    ...each(
      text,
      'endpoint protocol preset model token-url language voice instructions mode turn barge-in microphone speaker camera asset-base worklet-url worker-url silero-url translate-to',
    ),
    ...each(number, 'vad-threshold vad-silence-ms vad-prefix-ms frame-every'),
    ...each(flag, 'muted camera-on screen-on speak-translation open default-open'),
    ...each(given, 'token-provider stream login-provider assistant'),
    ...each(shown, 'placement variant color-scheme radius density'),
    ...each(json, 'strings'),
    ...beyond,
    uiLanguage: text('lang'),
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
  declare radius: string | null;
  declare density: string | null;
  /** Replaces any of the words that are shown. */
  declare strings: Partial<Strings>;
  /** The conversation; set it to bring your own. */
  declare assistant: Assistant | null;
  /** Where the conversation stands; read only. */
  declare state: Phase;

  /** What the attribute `lang` says: the language of what is shown, not of what is spoken. */
  declare uiLanguage: string | null;
  declare consent: string | null;
  declare consentKey: string | null;
  declare privacyUrl: string | null;
  declare resume: string | null;
  declare resumeKey: string | null;
  declare feedback: string | null;
  /** Questions to begin with; as an attribute a JSON list. */
  declare suggestions: readonly string[] | null;
  declare linkHosts: string | null;
  declare imageHosts: string | null;
  declare pageActions: string | null;
  declare avatar: string | null;
  /** What tokens cost, for the cost shown and the limit; as an attribute JSON. */
  declare prices: Prices | null;
  declare currency: string | null;
  declare spendingLimit: number | null;
  declare metrics: boolean;
  declare resizable: boolean;
  declare idleTimeoutMs: number | null;
  declare idleCountdownMs: number | null;
  declare watchdogMs: number | null;
  declare heartbeatMs: number | null;
  declare heartbeatUrl: string | null;
  declare pin: string | null;
  declare recycle: string | null;
  declare duplex: string | null;
  declare controls: string | null;
  declare presence: string | null;
  declare languages: string | null;
  declare attractSrc: string | null;
  declare keyboard: boolean;
  declare dismissible: string | null;
  declare dismissed: boolean;
  /** @internal Somebody listens to `viva-level`. */
  declare levels: true | null;

  /** Something is set that needs `extras.ts`. */
  protected get beyond(): boolean {
    return this.variant === 'kiosk' || beyondNames.some((name) => this[name] !== null && this[name] !== false);
  }

  /** @internal A level comes many times a second: it is told only when somebody listens to it, at the tag itself. */
  override addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: this, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** @internal */
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** @internal */
  override addEventListener(...listened: Parameters<HTMLElement['addEventListener']>): void {
    super.addEventListener(...listened);
    if (listened[0] === 'viva-level') this.levels = true;
  }

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
