import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { ConnectFeed, WatchPicture } from '../../session/player.ts';
import type { Strings } from '../english.ts';
import { Localized } from '../localized.ts';
import { MediaElement } from './media-element.ts';

/** Present and not "false": what pages write who come from other players. */
const flag = { fromAttribute: (value: string | null): boolean => value !== null && value !== 'false' };

const defaults = {
  src: null,
  poster: null,
  autoplay: false,
  loop: false,
  playsInline: true,
  crossOrigin: null,
  preload: null,
  captions: null,
  captionsLanguage: null,
  thumbnails: null,
  chapters: null,
  streamId: null,
  endpoint: null,
  tokenUrl: null,
  clock: 'auto',
  colorScheme: null,
  panel: '',
  heading: '',
  nocontrols: false,
  nopanel: false,
  noalerts: false,
  nohotkeys: false,
  storageKey: 'viva-player',
  strings: {},
  connect: null,
  watch: null,
};

/** The attributes and properties of `<viva-player>`, which are told in its own header. */
export abstract class PlayerProperties extends MediaElement {
  static override properties: PropertyDeclarations = {
    src: {},
    poster: {},
    autoplay: { converter: flag },
    muted: { converter: flag, noAccessor: true },
    volume: { type: Number, noAccessor: true },
    loop: { converter: flag },
    playsInline: { attribute: 'playsinline', converter: flag },
    crossOrigin: { attribute: 'crossorigin' },
    preload: {},
    captions: {},
    captionsLanguage: { attribute: 'captions-language' },
    thumbnails: {},
    chapters: {},
    streamId: { attribute: 'stream-id' },
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    clock: {},
    colorScheme: { attribute: 'color-scheme', reflect: true },
    panel: {},
    heading: {},
    nocontrols: { converter: flag },
    nopanel: { converter: flag },
    noalerts: { converter: flag },
    nohotkeys: { converter: flag },
    storageKey: { attribute: 'storage-key' },
    strings: { attribute: false },
    connect: { attribute: false },
    watch: { attribute: false },
  };

  declare src: string | null;
  declare poster: string | null;
  declare autoplay: boolean;
  declare loop: boolean;
  declare playsInline: boolean;
  declare crossOrigin: string | null;
  declare preload: string | null;
  declare captions: string | null;
  declare captionsLanguage: string | null;
  declare thumbnails: string | null;
  declare chapters: string | null;
  declare streamId: string | null;
  declare endpoint: string | null;
  declare tokenUrl: string | null;
  declare clock: string;
  declare colorScheme: string | null;
  declare panel: string;
  declare heading: string;
  declare nocontrols: boolean;
  declare nopanel: boolean;
  declare noalerts: boolean;
  declare nohotkeys: boolean;
  declare storageKey: string;
  /** Words in place of the built-in ones. */
  declare strings: Partial<Strings>;
  /** Makes the feed of captions and alerts; the built-in one by default. */
  declare connect: ConnectFeed | null;
  /** Makes a `<video>` play an address; the built-in one by default. */
  declare watch: WatchPicture<HTMLVideoElement> | null;

  readonly #locale = new Localized(this, 'media');

  constructor() {
    super();
    Object.assign(this, defaults);
  }

  /** The words in the language of the page, and those that the page put in their place. */
  protected get words(): Partial<Strings> {
    return { ...this.#locale.words, ...this.strings };
  }

  get muted(): boolean {
    return this.video.muted;
  }

  set muted(muted: boolean) {
    this.video.muted = muted;
  }

  get volume(): number {
    return this.video.volume;
  }

  set volume(volume: number) {
    if (Number.isFinite(volume)) this.video.volume = Math.min(1, Math.max(0, volume));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { video } = this;
    if (changed.has('loop')) video.loop = this.loop;
    if (changed.has('autoplay')) video.autoplay = this.autoplay;
    if (changed.has('playsInline')) video.playsInline = this.playsInline;
    if (changed.has('crossOrigin')) video.crossOrigin = this.crossOrigin;
    if (changed.has('preload')) video.preload = preloadOf(this.preload);
    if (changed.has('poster')) {
      if (this.poster === null || this.poster === '') video.removeAttribute('poster');
      else video.poster = this.poster;
    }
  }
}

const preloadOf = (preload: string | null): 'none' | 'metadata' | 'auto' =>
  preload === 'none' || preload === 'auto' ? preload : 'metadata';
