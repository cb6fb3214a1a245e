import { cursorFor, dragged, edgesAt, type Edges, type Size } from './size.ts';

/** What becomes of a drag. */
export interface Dragging {
  move(size: Size): void;
  /** The pointer was let go after it had moved. */
  end(): void;
}

interface Grip {
  readonly edges: Edges;
  readonly x: number;
  readonly y: number;
  readonly size: Size;
  /** −1 for the left edge of a panel in the middle, where both edges are free; what is told is how far the right one goes. */
  readonly outwards: 1 | -1;
  moved: boolean;
}

/** A mouse or a pen drags the free edges of a panel; a finger scrolls there. */
export class EdgeDrag {
  readonly #panel: HTMLElement;
  readonly #dragging: Dragging;
  readonly #listening = new AbortController();
  #grip: Grip | null = null;

  constructor(panel: HTMLElement, dragging: Dragging) {
    this.#panel = panel;
    this.#dragging = dragging;
    const { signal } = this.#listening;
    // Before what lies at the edge gets it.
    panel.addEventListener('pointerdown', this.#down, { signal, capture: true });
    panel.addEventListener('pointermove', this.#move, { signal });
    panel.addEventListener('pointerup', this.#up, { signal });
    panel.addEventListener('pointercancel', this.#up, { signal });
  }

  end(): void {
    this.#listening.abort();
    this.#panel.style.cursor = '';
  }

  get #placement(): string {
    return this.#panel.getAttribute('placement') ?? '';
  }

  #edges({ clientX, clientY, pointerType }: PointerEvent): Edges {
    if (pointerType === 'touch' || !this.#panel.hasAttribute('floating')) return { across: false, along: false };
    return edgesAt(clientX, clientY, this.#panel.getBoundingClientRect(), this.#placement);
  }

  readonly #down = (event: PointerEvent): void => {
    const edges = this.#edges(event);
    if (event.button !== 0 || !(edges.across || edges.along)) return;
    event.preventDefault();
    this.#panel.setPointerCapture(event.pointerId);
    const { left, width, height } = this.#panel.getBoundingClientRect();
    const outwards = this.#placement.includes('middle') && event.clientX < left + width / 2 ? -1 : 1;
    this.#grip = { edges, x: event.clientX, y: event.clientY, size: { width, height }, outwards, moved: false };
  };

  readonly #move = (event: PointerEvent): void => {
    const grip = this.#grip;
    if (grip === null) {
      this.#panel.style.cursor = cursorFor(this.#edges(event), this.#placement);
      return;
    }
    const x = grip.edges.across ? grip.outwards * (event.clientX - grip.x) : 0;
    const y = grip.edges.along ? event.clientY - grip.y : 0;
    grip.moved = true;
    this.#dragging.move(dragged(grip.size, x, y, this.#placement));
  };

  readonly #up = (): void => {
    if (this.#grip?.moved === true) this.#dragging.end();
    this.#grip = null;
  };
}
