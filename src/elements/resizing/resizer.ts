import { html, LitElement, type PropertyDeclarations } from 'lit';
import { chatStrings } from '../chat/chat-strings.ts';
import { controlStyles } from '../controls.styles.ts';
import { tokens } from '../tokens.styles.ts';
import { EdgeDrag } from './edge-drag.ts';
import { resizerStyles } from './resizer.styles.ts';
import { SessionSize } from './session-size.ts';
import { keyed, type Size } from './size.ts';

/** A press makes a panel this wide (px), and as high as the window. */
const WIDE_PX = 640;

/**
 * Makes the panel around it larger and smaller: pressed, to a large size and back; by arrow keys, with Shift in larger steps; and a pointer
 * drags the panel's edges. The window is the limit, by the panel's own style sheet.
 *
 * @csspart resize - The button
 */
export class VivaResizer extends LitElement {
  static override styles = [tokens, controlStyles, resizerStyles];
  static override properties: PropertyDeclarations = {
    words: { attribute: false },
    name: { attribute: false },
    large: { state: true },
  };

  /** Replaces any of the words. */
  declare words: Partial<typeof chatStrings>;
  /** Id of the tag, which tells its size from that of another on the page. */
  declare name: string;
  declare large: boolean;

  #memory = new SessionSize('');
  #drag: EdgeDrag | null = null;

  constructor() {
    super();
    this.words = {};
    this.name = '';
    this.large = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#memory = new SessionSize(this.name);
    const panel = this.closest('viva-panel');
    if (panel === null) return;
    this.#show(this.#memory.read());
    this.#drag = new EdgeDrag(panel, {
      move: (size) => this.#show(size),
      end: () => this.#memory.write(this.#size),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drag?.end();
    this.#drag = null;
  }

  protected override render() {
    const words = { ...chatStrings, ...this.words };
    return html`<button
      part="resize"
      class="icon ${this.#placement}"
      aria-label=${this.large ? words.smaller : words.larger}
      title=${words.resize}
      @click=${this.#toggle}
      @keydown=${this.#key}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d=${this.large ? 'M11 5v6H5M13 19v-6h6' : 'M5 11V5h6M19 13v6h-6M5 5l14 14'} />
      </svg>
    </button>`;
  }

  get #placement(): string {
    return this.closest('viva-panel')?.getAttribute('placement') ?? '';
  }

  get #size(): Size {
    const { width = 0, height = 0 } = this.closest('viva-panel')?.getBoundingClientRect() ?? {};
    return { width, height };
  }

  /** null = the size that the panel has of itself. */
  #show(size: Size | null): void {
    const style = this.closest('viva-panel')?.style;
    if (size === null) {
      style?.removeProperty('--_wide');
      style?.removeProperty('--_tall');
    } else {
      style?.setProperty('--_wide', `${size.width}px`);
      style?.setProperty('--_tall', `${size.height}px`);
    }
    this.large = size !== null;
  }

  /** Shows it, and keeps what the window let become of it. */
  #take(size: Size | null): void {
    this.#show(size);
    this.#memory.write(size === null ? null : this.#size);
  }

  readonly #toggle = (): void => {
    this.#take(this.large ? null : { width: WIDE_PX, height: innerHeight });
  };

  readonly #key = (event: KeyboardEvent): void => {
    const size = keyed(this.#size, event.key, event.shiftKey, this.#placement);
    if (size === null) return;
    event.preventDefault();
    this.#take(size);
  };
}
