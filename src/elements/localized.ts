import { nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { tables, type LocaleGroup } from '../locales/tables.ts';
import type { LocaleTag } from '../locales/tags.ts';
import type { Strings } from './english.ts';
import { directionOf, languageAround, localeFor } from './locale-of.ts';

/** The words of an element in the language of the page, fetched when they are first wanted. */

interface Host extends ReactiveControllerHost, Element {}

/**
 * Follows the language around an element: its own attribute `lang`, the nearest one around it, the browser's. Until a table is here, and
 * where there is none, the element shows English.
 */
export class Localized implements ReactiveController {
  /** BCP 47 tag of what is shown. */
  tag: LocaleTag | 'en' = 'en';
  words: Partial<Strings> = {};
  readonly #host: Host;
  readonly #group: LocaleGroup;
  #wanted: LocaleTag | 'en' = 'en';
  #watch: MutationObserver | null = null;

  constructor(host: Host, group: LocaleGroup) {
    this.#host = host;
    this.#group = group;
    host.addController(this);
    if (host.isConnected) this.hostConnected();
  }

  /** Which way it is read; what is shown in English for want of another language goes the page's way. */
  get dir(): 'ltr' | 'rtl' | typeof nothing {
    return this.tag === 'en' ? nothing : directionOf(this.tag);
  }

  /** The words of another language are on their way. */
  get coming(): boolean {
    return this.#wanted !== this.tag;
  }

  hostConnected(): void {
    if (this.#watch !== null) return;
    this.#watch = new MutationObserver(() => this.#look());
    const named = { attributes: true, attributeFilter: ['lang'] };
    for (const element of new Set([document.documentElement, document.body, this.#host])) this.#watch.observe(element, named);
    this.#look();
  }

  hostDisconnected(): void {
    this.#watch?.disconnect();
    this.#watch = null;
  }

  #look(): void {
    const wanted = localeFor(languageAround(this.#host)) ?? 'en';
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted === 'en') this.#show('en', {});
    else
      tables[this.#group][wanted]().then(
        (table) => {
          if (this.#wanted === wanted) this.#show(wanted, table.default);
        },
        (cause: unknown) => {
          // English stays, and the next change of language asks again.
          this.#wanted = this.tag;
          this.#host.requestUpdate();
          reportError(cause);
        },
      );
  }

  #show(tag: LocaleTag | 'en', words: Partial<Strings>): void {
    this.tag = tag;
    this.words = words;
    this.#host.requestUpdate();
  }
}
