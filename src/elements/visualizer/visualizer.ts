import { html } from 'lit';
import type { Levels } from '../../session/assistant.ts';
import { AssistantElement } from '../assistant-element.ts';
import { SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { Ripple } from './ripple.ts';
import { SoundFrames } from './sound-frames.ts';
import { visualizerStyles } from './visualizer.styles.ts';

const STROKE_PX = 3;
const GAP_PX = 5;
/** The ripple moves one stroke outwards in this time. */
const STEP_MS = 34;

/**
 * The sound of both sides as strokes that run out from the middle; asks for no animation frame while it is quiet or out of sight, and none
 * at all where motion is to be reduced.
 */
export class VivaVisualizer extends AssistantElement {
  static override styles = [tokens, visualizerStyles];

  readonly #phase = new SessionValue(this, (state) => state.phase);
  #ripple = new Ripple(1);
  #steppedAt = 0;
  #observer: ResizeObserver | undefined;

  constructor() {
    super();
    new SoundFrames(this, (levels, now) => this.#step(levels, now));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override render() {
    return html`<canvas class=${this.#phase.value} aria-hidden="true"></canvas>`;
  }

  protected override updated(): void {
    this.#draw();
  }

  /** Draws the next stroke when it is time; false = nothing is to be seen any more. */
  #step({ input, output }: Levels, now: number): boolean {
    if (now - this.#steppedAt < STEP_MS) return true;
    this.#steppedAt = now;
    this.#ripple.push(input, output);
    this.#draw();
    return !this.#ripple.still;
  }

  get #canvas(): HTMLCanvasElement | null {
    const canvas = this.renderRoot.querySelector('canvas');
    return canvas === null || canvas.clientWidth === 0 ? null : canvas;
  }

  #fit(): void {
    const canvas = this.#canvas;
    if (canvas === null) return;
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    this.#ripple = new Ripple(Math.max(1, Math.floor(canvas.clientWidth / (STROKE_PX + GAP_PX) / 2)));
    this.#draw();
  }

  #draw(): void {
    const canvas = this.#canvas;
    const context = canvas?.getContext('2d');
    if (canvas === null || context === undefined || context === null) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    const style = getComputedStyle(canvas);
    const [rest, input, output] = [style.color, style.accentColor, style.caretColor];
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    for (let index = 1 - this.#ripple.reach; index < this.#ripple.reach; index++) {
      const distance = Math.abs(index);
      const tall = this.#ripple.height(distance);
      context.fillStyle = tall < 0.02 ? rest : this.#ripple.isOutput(distance) ? output : input;
      const size = Math.max(STROKE_PX, tall * height);
      context.beginPath();
      context.roundRect(
        width / 2 + index * (STROKE_PX + GAP_PX) - STROKE_PX / 2,
        (height - size) / 2,
        STROKE_PX,
        size,
        STROKE_PX / 2,
      );
      context.fill();
    }
  }
}
