import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';

/** Custom properties of one node, set by script: a policy without `unsafe-inline` refuses style attributes, and not these. */
class Placed extends Directive {
  #before: Readonly<Record<string, string>> = {};

  render(_properties: Readonly<Record<string, string>>) {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]) {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) if (this.#before[name] !== value) style.setProperty(name, value);
    this.#before = properties;
    return noChange;
  }
}

export const placed = directive(Placed);

/** 0–1 as a percentage with as many digits as a wide bar can show. */
export const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`;
