/** What the tag itself gets as a kiosk, where the page has not set it: sizes for a finger at arm's length. Given to a constructed style sheet. */

const defaults: Readonly<Record<string, string>> = { '--viva-target-size': '76px', '--viva-font-size': '22px' };

export function kioskSheet(host: Element): string {
  const set = getComputedStyle(host);
  const sizes = Object.entries(defaults).filter(([name]) => set.getPropertyValue(name) === '');
  return `:host([variant='kiosk']) {
    ${sizes.map(([name, value]) => `${name}: ${value};`).join(' ')}
    overscroll-behavior: none;
    touch-action: manipulation;
  }
  :host([variant='kiosk']) viva-panel { border: 0; border-radius: 0; }
  .ask { display: grid; align-content: end; gap: 6px; block-size: 100%; }
  .ask p { margin: 0; }
  .ask .big { font: 400 2.25em/1.1 var(--_font-voice); }
  :host([variant='kiosk'][controls='middle']) viva-panel { padding-block-end: 32dvh; }`;
}
