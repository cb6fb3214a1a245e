import { elevenlabs } from './elevenlabs.ts';
import { migrate, type Rules } from './migration.ts';
import { vapi } from './vapi.ts';

/** The tags of other widgets, each with a `<viva-voce>` inside that follows its attributes. */

const told = new Set<string>();

/** Names what a page loses, once for each name. */
function tell(tag: string, names: readonly string[]): void {
  for (const name of names.map((each) => `${each} of <${tag}>`)) {
    // eslint-disable-next-line no-console -- whoever changed one script URL on a page looks here first
    if (!told.has(name)) console.warn(`<viva-voce> has no ${name}`);
    told.add(name);
  }
}

function standIn(rules: Rules): CustomElementConstructor {
  return class extends HTMLElement {
    #inner: HTMLElement | null = null;
    #set: readonly string[] = [];
    readonly #observer = new MutationObserver(() => this.#follow());

    connectedCallback(): void {
      this.#observer.observe(this, { attributes: true });
      this.#follow();
    }

    disconnectedCallback(): void {
      this.#observer.disconnect();
    }

    #follow(): void {
      const inner = (this.#inner ??= document.createElement('viva-voce'));
      const given = Object.fromEntries([...this.attributes].map(({ name, value }) => [name, value]));
      const known = inner.constructor as { readonly observedAttributes?: readonly string[] };
      const { entries, dropped } = migrate(rules, given, new Set(known.observedAttributes));
      inner.style.cssText = '';
      for (const name of this.#set) if (!(name in entries)) inner.removeAttribute(name);
      for (const [name, value] of Object.entries(entries)) {
        if (name.startsWith('--')) inner.style.setProperty(name, value);
        else inner.setAttribute(name, value);
      }
      this.#set = Object.keys(entries);
      tell(this.localName, dropped);
      if (inner.parentNode !== this) this.append(inner);
    }
  };
}

/** Registers `<elevenlabs-convai>` and `<vapi-widget>` where nobody has. `<viva-voce>` must be registered before. */
export function defineStandIns(): void {
  for (const [tag, rules] of Object.entries({ 'elevenlabs-convai': elevenlabs, 'vapi-widget': vapi })) {
    if (customElements.get(tag) === undefined) customElements.define(tag, standIn(rules));
  }
}
