import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { counted } from '../counted.ts';
import { markersOn, type AlertMarker } from '../../pipelines/alert-markers.ts';
import { axisOf, clockOf, type PlaybackAxis } from '../../pipelines/playback-axis.ts';
import { spanAt, type Chapter, type Thumbnail } from '../../pipelines/playback-chapters.ts';
import { sceneSpans, type SceneSpan } from '../../pipelines/playback-scenes.ts';
import { severityStyles } from '../alerts/severity.styles.ts';
import { controlStyles } from '../controls.styles.ts';
import type { Playback } from '../player/playback.ts';
import { percent, placed } from '../player/placed.ts';
import { playerStrings } from '../player/player-strings.ts';
import type { Strings } from '../english.ts';
import { filmTokens, tokens } from '../tokens.styles.ts';
import { playerTimelineStyles } from './player-timeline.styles.ts';
import { preview } from './preview.ts';

/** Marks that can be told apart on a bar of usual width. */
const PLACES = 120;
const PAGE_S = 60;

/**
 * The seek bar of a player: position, what is loaded, gaps, chapters, scenes, and a mark for alerts; with a picture of where the pointer is.
 *
 * @fires seek - `detail` is the position wished for, s
 * @csspart bar - The bar that is dragged
 * @csspart marker - Alerts, at their time
 * @csspart preview - Picture, time and words above the pointer
 */
export class VivaPlayerTimeline extends LitElement {
  static override styles = [tokens, filmTokens, controlStyles, severityStyles, playerTimelineStyles];
  static override properties: PropertyDeclarations = {
    playback: { attribute: false },
    positionS: { attribute: false },
    bufferedS: { attribute: false },
    live: { attribute: false },
    axis: { attribute: false },
    chapters: { attribute: false },
    thumbnails: { attribute: false },
    alertsVersion: { attribute: false },
    scenesVersion: { attribute: false },
    words: { attribute: false },
    timeText: { attribute: false },
    spoken: { attribute: false },
    hover: { state: true },
    dragged: { state: true },
  };

  declare playback: Playback | null;
  declare positionS: number;
  declare bufferedS: number;
  declare live: boolean;
  declare axis: PlaybackAxis;
  declare chapters: readonly Chapter[];
  declare thumbnails: readonly Thumbnail[];
  declare alertsVersion: number;
  declare scenesVersion: number;
  declare words: Partial<Strings>;
  /** A position as people read it. */
  declare timeText: (positionS: number) => string;
  /** The position as a screen reader says it. */
  declare spoken: string;
  /** 0–1 under the pointer, null = it is elsewhere. */
  declare hover: number | null;
  /** 0–1 while it is dragged. */
  declare dragged: number | null;

  #markers: readonly AlertMarker[] = [];
  #seen: readonly SceneSpan[] = [];
  #heard: readonly SceneSpan[] = [];
  #known = '';

  constructor() {
    super();
    this.playback = null;
    this.positionS = 0;
    this.bufferedS = 0;
    this.live = false;
    this.axis = axisOf(clockOf([], 0), []);
    this.chapters = [];
    this.thumbnails = [];
    this.alertsVersion = 0;
    this.scenesVersion = 0;
    this.words = {};
    this.timeText = String;
    this.spoken = '';
    this.hover = null;
    this.dragged = null;
  }

  protected override willUpdate(): void {
    const { playback, axis } = this;
    // Where marks stand changes with what there is and, live, with the sliding bar; not with every moment that is played.
    const known = `${this.alertsVersion} ${this.scenesVersion} ${axis.startS} ${axis.endS}`;
    if (playback === null || known === this.#known) return;
    this.#known = known;
    const { startMs, endMs } = playback.clock;
    const along = (dateMs: number) => axis.alongDate(dateMs);
    this.#markers = markersOn(playback.desk.store, startMs, endMs, PLACES, along);
    this.#seen = sceneSpans(playback.scenes.list, 'visual', PLACES, along);
    this.#heard = sceneSpans(playback.scenes.list, 'audio', PLACES, along);
  }

  /** Whatever else stands on the picture makes room for the preview. */
  protected override updated(): void {
    this.toggleAttribute('previewing', this.hover !== null);
  }

  protected override render() {
    const { axis } = this;
    const words = { ...playerStrings, ...this.words };
    const at = this.dragged ?? axis.along(this.positionS);
    // What changes at each moment is set where it is used: set on the bar, every mark on it would be styled anew.
    return html`<div class="whole" @pointerleave=${this.#left}>
      ${this.hover === null ? nothing : this.#preview(this.hover)} ${this.#lane(this.#seen, 'seen')}
      ${this.#lane(this.#heard, 'heard')}
      <div
        part="bar"
        class="bar"
        role="slider"
        tabindex="0"
        aria-label=${words.playerSeek}
        aria-valuemin=${Math.floor(axis.startS)}
        aria-valuemax=${Math.ceil(axis.endS)}
        aria-valuenow=${Math.round(Math.min(axis.endS, Math.max(axis.startS, this.positionS)))}
        aria-valuetext=${this.spoken}
        @pointerdown=${this.#pressed}
        @pointermove=${this.#moved}
        @pointerup=${this.#released}
        @pointercancel=${this.#cancelled}
        @keydown=${this.#key}
      >
        <div class="track">
          <div class="loaded" ${placed({ '--loaded': percent(axis.along(this.bufferedS)) })}></div>
          <div class="played" ${placed({ '--at': percent(at) })}></div>
          ${axis.gaps.map(({ from, to }) => html`<div class="gap" ${placed({ '--from': percent(from), '--to': percent(to) })}></div>`)}
          ${this.chapters.slice(1, 200).map(({ startS }) => html`<div class="cut" ${placed({ '--from': percent(axis.along(startS)) })}></div>`)}
        </div>
        ${guard([this.#markers], () => this.#marks())}
        <div class="thumb" ${placed({ '--at': percent(at) })}></div>
      </div>
    </div>`;
  }

  #marks() {
    return this.#markers.map(
      ({ at, severity, alert }) =>
        html`<div part="marker" class="marker ${severity}" title=${alert.label} ${placed({ '--from': percent(at) })}></div>`,
    );
  }

  #lane(spans: readonly SceneSpan[], name: string) {
    if (spans.length === 0) return nothing;
    return html`<div class="lane ${name}" aria-hidden="true">
      ${spans.map(
        ({ from, to, scene }) =>
          html`<div
            class="scene"
            title=${scene.text.slice(0, 200)}
            ${placed({ '--from': percent(from), '--to': percent(to) })}
          ></div>`,
      )}
    </div>`;
  }

  #preview(share: number) {
    const positionS = this.axis.positionAt(share);
    const near = this.#markers.filter(({ at }) => Math.abs(at - share) < 0.008);
    const alerts = near.reduce((sum, { count }) => sum + count, 0);
    const words = { ...playerStrings, ...this.words };
    const scene = this.#seen.find(({ from, to }) => share >= from && share <= to)?.scene.text ?? '';
    return preview({
      share,
      time: this.timeText(positionS),
      chapter: spanAt(this.chapters, positionS)?.title ?? '',
      thumbnail: spanAt(this.thumbnails, positionS),
      scene: near.length > 0 ? '' : scene,
      alert: near[0]?.alert ?? null,
      more: alerts > 1 ? counted(words, 'playerAlertsAt', alerts) : '',
    });
  }

  #share(event: PointerEvent): number {
    const box = this.renderRoot.querySelector('.track')?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    const share = (event.clientX - box.left) / box.width;
    const mirrored = getComputedStyle(this).direction === 'rtl';
    return Math.min(1, Math.max(0, mirrored ? 1 - share : share));
  }

  readonly #pressed = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    // A test's own event has no pointer to capture.
    if (event.isTrusted) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.dragged = this.#share(event);
    this.hover = this.dragged;
  };

  readonly #moved = (event: PointerEvent): void => {
    this.hover = this.#share(event);
    if (this.dragged !== null) this.dragged = this.hover;
  };

  readonly #released = (event: PointerEvent): void => {
    if (this.dragged === null) return;
    this.#seek(this.axis.positionAt(this.#share(event)));
    this.dragged = null;
    if (event.pointerType !== 'mouse') this.hover = null;
  };

  readonly #cancelled = (): void => {
    this.dragged = null;
    this.hover = null;
  };

  readonly #left = (): void => {
    if (this.dragged === null) this.hover = null;
  };

  /** Arrows, Home and End are the player's; pages are the slider's own. */
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    event.preventDefault();
    this.#seek(this.positionS + (event.key === 'PageUp' ? PAGE_S : -PAGE_S));
  };

  #seek(detail: number): void {
    this.dispatchEvent(new CustomEvent('seek', { detail }));
  }
}
