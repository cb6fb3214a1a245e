import { computeAccessibleName } from 'dom-accessibility-api';
import { cdp, userEvent } from 'vitest/browser';
import { everything, focused } from './tag.ts';

/** What a screen reader is given of the test's page: the browser's accessibility tree, what live regions are told, and where Tab leads. */

export interface Told {
  readonly role: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Frame {
  readonly frame: { readonly id: string };
  readonly childFrames?: readonly Frame[];
}

const leaves = ({ frame, childFrames }: Frame): readonly string[] => [frame.id, ...(childFrames ?? []).flatMap(leaves)];

/** What the tree tells of this page's frame, without what is ignored. */
export async function tree(): Promise<readonly Told[]> {
  const session = cdp();
  const { frameTree } = (await session.send('Page.getFrameTree')) as { readonly frameTree: Frame };
  const told: Told[] = [];
  for (const frameId of leaves(frameTree).slice(1)) {
    const { nodes } = await session.send('Accessibility.getFullAXTree', { frameId });
    for (const { ignored, role, name, properties } of nodes)
      if (!ignored)
        told.push({
          role: String(role?.value ?? ''),
          name: String(name?.value ?? ''),
          properties: Object.fromEntries((properties ?? []).map(({ name: of, value }) => [of, value.value])),
        });
  }
  return told;
}

/** The names of one role, in order. */
export const named = async (role: string): Promise<readonly string[]> =>
  (await tree()).filter((node) => node.role === role).map(({ name }) => name);

const REGION = '[role="log"], [role="status"], [role="alert"], [aria-live]:not([aria-live="off"])';
/** What these roles hold is read as a whole when a part of it changes, unless it says otherwise (WAI-ARIA 1.2). */
const isAtomic = (region: Element): boolean =>
  region.ariaAtomic === null ? region.matches('[role="status"], [role="alert"]') : region.ariaAtomic === 'true';
const words = (node: Node): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/**
 * Each text that a live region below `root` was given from now on, in order: what a screen reader says by itself. A region that comes with
 * its words is not told of, as many readers do not tell it.
 */
export function heard(root: Element): readonly string[] {
  const said: string[] = [];
  const followed = new WeakSet<Node>();
  const follow = (region: Element): void => {
    followed.add(region);
    new MutationObserver((changes) => {
      if (!region.isConnected || !region.checkVisibility({ visibilityProperty: true })) return;
      const changed = changes.flatMap(({ type, target, addedNodes }) => (type === 'characterData' ? [target] : [...addedNodes]));
      const whole = changed.map((node) => (node instanceof Text ? (node.parentElement ?? node) : node));
      // A text that was put in by several steps at once is heard once.
      const texts = isAtomic(region) ? [words(region)] : whole.map(words);
      if (changed.length > 0) said.push(...new Set(texts.filter((text) => text !== '')));
    }).observe(region, { childList: true, characterData: true, subtree: true });
  };
  const look = (): void => {
    for (const element of [root, ...everything(root)]) {
      if (element.matches(REGION) && !followed.has(element)) follow(element);
      const { shadowRoot } = element;
      if (shadowRoot === null || followed.has(shadowRoot)) continue;
      followed.add(shadowRoot);
      new MutationObserver(look).observe(shadowRoot, { childList: true, subtree: true });
    }
  };
  look();
  return said;
}

/** What the element with the focus is called. */
export function focusedName(): string {
  const element = focused();
  return element === null ? '' : computeAccessibleName(element);
}

/** Presses Tab until something of this name has the focus; throws with the names on the way when nothing has. */
export async function tabTo(name: string | RegExp, key = '{Tab}'): Promise<void> {
  const way: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await userEvent.keyboard(key);
    const now = focusedName();
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    way.push(now);
  }
  throw new Error(`Tab leads to no ${String(name)}: ${way.join(' | ')}`);
}
