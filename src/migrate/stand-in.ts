import type { VivaVoce } from '../elements/viva-voce/viva-voce.ts';
import { askForTools } from './calls.ts';
import { elevenlabs } from './elevenlabs.ts';
import { migrate, type Rules } from './migration.ts';
import { vapi } from './vapi.ts';

/** The tags of other widgets, each with a `<viva-voce>` inside that follows its attributes. */

function standIn(rules: Rules): CustomElementConstructor {
  // A page that mounts a tag again and again is told once.
  let told = '';
  return class extends HTMLElement {
    readonly #inner = document.createElement('viva-voce');
    #set: readonly string[] = [];

    constructor() {
      super();
      new MutationObserver(() => this.connectedCallback()).observe(this, { attributes: true });
      this.addEventListener('viva-before-start', askForTools);
    }

    connectedCallback(): void {
      const inner = this.#inner;
      const given = Object.fromEntries([...this.attributes].map(({ name, value }) => [name, value]));
      const known = inner.constructor as typeof VivaVoce;
      const { entries, dropped } = migrate(rules, given, known.observedAttributes);
      inner.style.cssText = '';
      for (const name of this.#set) if (!(name in entries)) inner.removeAttribute(name);
      for (const [name, value] of Object.entries(entries)) {
        if (name.startsWith('--')) inner.style.setProperty(name, value);
        else inner.setAttribute(name, value);
      }
      this.#set = Object.keys(entries);
      const lost = dropped.join();
      // eslint-disable-next-line no-console -- whoever changed one script URL on a page looks here first
      if (lost && lost !== told) console.warn(`<viva-voce> has no ${lost} of <${this.localName}>`);
      told = lost;
      if (!inner.isConnected) this.append(inner);
    }
  };
}

/** Registers `<elevenlabs-convai>` and `<vapi-widget>` where nobody has. `<viva-voce>` must be registered before. */
export function defineStandIns(): void {
  for (const [tag, rules] of Object.entries({ 'elevenlabs-convai': elevenlabs, 'vapi-widget': vapi })) {
    if (!customElements.get(tag)) customElements.define(tag, standIn(rules));
  }
}
