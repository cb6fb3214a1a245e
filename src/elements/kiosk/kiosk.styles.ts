/** How a kiosk looks: the tag's own sizes and layout, and what stands in its panel. Given to constructed style sheets. */

/** Where the page has not set it: sizes for a finger at arm's length, and for a window so small that it is held in the hand. */
const defaults: readonly (readonly [name: string, standing: string, held: string])[] = [
  ['--viva-target-size', '76px', '60px'],
  ['--viva-font-size', '22px', '18px'],
];

/** In the tag. */
export function kioskSheet(host: Element): string {
  const set = getComputedStyle(host);
  const unset = defaults.filter(([name]) => set.getPropertyValue(name) === '');
  return `:host([variant='kiosk']) {
    ${unset.map(([name, standing]) => `${name}: ${standing};`).join(' ')}
    overscroll-behavior: none;
    touch-action: manipulation;
  }
  @media (max-width: 480px), (max-height: 480px) {
    :host([variant='kiosk']) { ${unset.map(([name, , held]) => `${name}: ${held};`).join(' ')} }
  }
  :host([variant='kiosk']) viva-panel { border: 0; border-radius: 0; }
  .ask { display: grid; align-content: end; gap: 6px; block-size: 100%; }
  .ask p { margin: 0; }
  .ask .big { font: 400 2.25em/1.1 var(--_font-voice); }
  :host([variant='kiosk'][controls='middle']) viva-panel { padding-block-end: 32dvh; }`;
}

/**
 * In the panel. Where title and menu have no room beside each other, in a narrow window or in large text, the menu has a row of its own; and
 * what is higher than the window, such as keys in large text, scrolls instead of being cut off.
 */
export const kioskPanelSheet = `
  header { flex-wrap: wrap; gap: var(--_s2); padding-inline-end: var(--_pad); }
  .titles { flex: 1 1 8em; min-inline-size: min-content; }
  h2 { overflow-wrap: normal; }
  ::slotted([slot='menu']) { margin-inline-start: auto; }
  :host([interprets]) header { position: relative; }
  .body { min-block-size: min(6em, 20dvh); }
  .stage { grid-auto-rows: max-content; min-block-size: 0; overflow-y: auto; scrollbar-width: thin; }
  :host(:has(> viva-keyboard[shown])) viva-visualizer { display: none; }
`;
