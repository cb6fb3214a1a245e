/** Nearer than this to the end (px), the reader wants to stay there. */
const NEAR_END_PX = 40;

/** Whoever reads at the end of the history stays there when it grows; scrolling away stops that. */
export class ReadingPlace {
  #atEnd = true;

  readonly scrolled = (event: Event): void => {
    const box = event.currentTarget as HTMLElement;
    this.#atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  };

  keep(box: Element | null): void {
    if (this.#atEnd && box !== null) box.scrollTop = box.scrollHeight;
  }
}
