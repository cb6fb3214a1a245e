import { vi } from 'vitest';
import '../../src/define.ts';
import '../../src/elements/viva-voce/parts.ts';
import type { VivaVoce } from '../../src/elements/viva-voce/viva-voce.ts';
import { FakeAssistant } from './fake-assistant.ts';

/** A `<viva-voce>` on the test's page, and ways to look inside it. */

export interface Mounted {
  readonly tag: VivaVoce;
  readonly assistant: FakeAssistant;
}

const mounted: Element[] = [];

/** Puts a tag with these attributes and a fake assistant into `parent`. */
export async function mount(
  attributes: Readonly<Record<string, string>> = {},
  parent: ParentNode & Node = document.body,
): Promise<Mounted> {
  const tag = document.createElement('viva-voce');
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  const assistant = new FakeAssistant();
  tag.assistant = assistant;
  mounted.push(tag);
  parent.append(tag);
  await vi.waitFor(() => within(tag, 'viva-panel'), { timeout: 5000 });
  await settled(tag);
  return { tag, assistant };
}

/** Takes every tag off the page again. */
export function unmountAll(): void {
  for (const tag of mounted.splice(0)) tag.remove();
}

/** Until nothing in the tag waits to be rendered or moves towards its place. */
export async function settled(tag: VivaVoce): Promise<void> {
  await tag.updateComplete;
  for (const element of everything(tag)) {
    if ('updateComplete' in element) await element.updateComplete;
  }
  await still(tag);
}

/** Until nothing below `root` is on its way to another place or colour: what axe measures in between is nobody's. */
export async function still(root: Element): Promise<void> {
  await new Promise(requestAnimationFrame);
  for (const animation of everything(root).flatMap((element) => element.getAnimations())) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

/** All elements below `root`, through every shadow root. */
export function everything(root: Element | ShadowRoot): Element[] {
  const inside = root instanceof Element && root.shadowRoot !== null ? everything(root.shadowRoot) : [];
  return [...inside, ...Array.from(root.children).flatMap((child) => [child, ...everything(child)])];
}

/** The first element that matches, wherever in the tag; throws when there is none of this class. */
export function within(root: Element, selector: string): HTMLElement;
export function within<E extends HTMLElement>(root: Element, selector: string, kind: new () => E): E;
export function within(root: Element, selector: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = everything(root).find((element) => element.matches(selector));
  if (!(found instanceof kind)) throw new Error(`no ${selector} in <${root.localName}>`);
  return found;
}

export const has = (root: Element, selector: string): boolean => everything(root).some((element) => element.matches(selector));

/** The element with the focus, through every shadow root. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
