import { computeAccessibleName, getRole } from 'dom-accessibility-api';
import { fieldFacts, isPrivateField } from './private-field.ts';
import type { PageMap } from './page-map.ts';

/** The page as its accessibility tree tells it: one line for each thing that has a role, with a mark by which it can be named again. */

/** What a snapshot tells at most, characters and lines: a model's attention is not free. */
const MOST_CHARACTERS = 12_000;
const MOST_LINES = 400;
const MOST_NAME = 120;

/** Roles that can be acted on; everything else is told as a place or as text. */
const ACTED: ReadonlySet<string> = new Set(
  'button checkbox combobox link listbox menuitem option radio searchbox slider spinbutton switch tab textbox'.split(' '),
);
const PLACES: ReadonlySet<string> = new Set(
  'alert article banner complementary contentinfo dialog form heading img main navigation region search status table'.split(' '),
);

/** Widgets of ours are not part of the page they stand on. */
const OURS = /^viva-/;

const isShown = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true }) && element.ariaHidden !== 'true' && !element.hasAttribute('inert');

const children = (element: Element): readonly Node[] => {
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes({ flatten: true });
    if (assigned.length > 0) return assigned;
  }
  return [...(element.shadowRoot ?? element).childNodes];
};

const tight = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const nameOf = (element: Element): string => tight(computeAccessibleName(element)).slice(0, MOST_NAME);

/** Lines like `e12 button "Add to basket"`, indented by depth; `# Title` first. Values of private fields are never read. */
export function pageSnapshot(root: Element, map: PageMap): string {
  const lines: string[] = [`# ${tight(document.title)} (${location.pathname})`];
  let characters = 0;
  const full = (): boolean => lines.length >= MOST_LINES || characters >= MOST_CHARACTERS;
  const tell = (depth: number, line: string): void => {
    if (full()) return;
    characters += line.length;
    lines.push(`${'  '.repeat(Math.min(depth, 8))}${line}`);
  };
  const visit = (node: Node, depth: number): void => {
    if (full()) return;
    if (node instanceof Text) {
      const text = tight(node.data);
      if (text !== '') tell(depth, text.slice(0, 400));
      return;
    }
    if (!(node instanceof Element) || OURS.test(node.localName) || /^(?:script|style|noscript|template)$/.test(node.localName))
      return;
    if (!isShown(node)) return;
    const role = getRole(node) ?? '';
    if (ACTED.has(role)) {
      tell(depth, `${map.mark(node)} ${role} ${JSON.stringify(nameOf(node))}${stateOf(node)}`);
      // What a button holds is its name, which is told.
      if (role !== 'listbox' && role !== 'combobox') return;
    } else if (PLACES.has(role)) {
      const name = nameOf(node);
      tell(depth, `${map.mark(node)} ${role}${name === '' ? '' : ` ${JSON.stringify(name)}`}`);
      if (role === 'heading' || role === 'img') return;
      for (const child of children(node)) visit(child, depth + 1);
      return;
    }
    if (node instanceof HTMLSelectElement) return;
    for (const child of children(node)) visit(child, depth);
  };
  visit(root, 0);
  if (full()) lines.push('… (the rest of the page is left out)');
  return lines.join('\n');
}

/** What can be seen of a control's state: ticked, chosen, expanded, off, what is written in it. */
function stateOf(element: Element): string {
  const states: string[] = [];
  if (element.matches(':disabled, [aria-disabled="true"]')) states.push('disabled');
  if (element.matches(':checked, [aria-checked="true"]')) states.push('checked');
  if (element.ariaExpanded === 'true') states.push('expanded');
  if (element.matches(':required, [aria-required="true"]')) states.push('required');
  if (isPrivateField(fieldFacts(element, nameOf(element)))) states.push('private');
  else if (
    element instanceof HTMLInputElement &&
    !/^(?:checkbox|radio|button|submit|reset|image)$/.test(element.type) &&
    element.value !== ''
  )
    states.push(`value=${JSON.stringify(element.value.slice(0, MOST_NAME))}`);
  else if (element instanceof HTMLTextAreaElement && element.value !== '')
    states.push(`value=${JSON.stringify(element.value.slice(0, MOST_NAME))}`);
  else if (element instanceof HTMLSelectElement)
    states.push(
      `value=${JSON.stringify(element.selectedOptions[0]?.label ?? '')} of ${JSON.stringify([...element.options].slice(0, 30).map(({ label }) => label))}`,
    );
  return states.length === 0 ? '' : ` (${states.join(', ')})`;
}
