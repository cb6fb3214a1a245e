/** Says in the tab's title that the page records, whatever the page makes of its title meanwhile. */
export class TitleMark {
  #mark = '';
  #observer: MutationObserver | null = null;

  /** Empty = nothing is recorded. */
  show(mark: string): void {
    if (mark === this.#mark) return;
    const bare = this.#bare();
    this.#mark = mark;
    if (mark === '') {
      this.#observer?.disconnect();
      this.#observer = null;
      document.title = bare;
      return;
    }
    document.title = `${mark}${bare}`;
    this.#observer ??= this.#watch();
  }

  #bare(): string {
    const { title } = document;
    return this.#mark !== '' && title.startsWith(this.#mark) ? title.slice(this.#mark.length) : title;
  }

  #watch(): MutationObserver {
    const observer = new MutationObserver(() => {
      if (!document.title.startsWith(this.#mark)) document.title = `${this.#mark}${document.title}`;
    });
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return observer;
  }
}
