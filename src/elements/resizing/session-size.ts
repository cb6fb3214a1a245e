import { sizeFrom, type Size } from './size.ts';

/**
 * The size that somebody gave a panel, kept until the tab is closed (`sessionStorage`, under `viva-voce.size` and the tag's id); nothing is
 * written before somebody does. Where the browser keeps nothing for this page, the size lasts as long as the page.
 */
export class SessionSize {
  readonly #name: string;
  #size: Size | null = null;

  constructor(id: string) {
    this.#name = id === '' ? 'viva-voce.size' : `viva-voce.size.${id}`;
  }

  read(): Size | null {
    return this.#size ?? sizeFrom(this.#stored((storage) => storage.getItem(this.#name)));
  }

  /** null = the size it had of itself. */
  write(size: Size | null): void {
    this.#size = size;
    this.#stored((storage) => {
      if (size === null) storage.removeItem(this.#name);
      else storage.setItem(this.#name, JSON.stringify({ width: Math.round(size.width), height: Math.round(size.height) }));
      return null;
    });
  }

  #stored(use: (storage: Storage) => string | null): string | null {
    try {
      return use(sessionStorage);
    } catch {
      // A sandboxed frame, or blocked storage: `#size` is what is left.
      return null;
    }
  }
}
