import { merge, Observable } from 'rxjs';
import type { Launcher } from '../viva-voce/launcher.ts';
import { innerSheet } from './inner-sheet.ts';
import { kioskPanelSheet } from './kiosk.styles.ts';

/** What a browser offers and a kiosk must not: menus, gestures, printing, files, other pages. In force while subscribed; emits nothing. */

const SHEET = `
  :root { overscroll-behavior: none; touch-action: manipulation; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
  @media print { :root { display: none !important; } }
`;

/** Inside the panel: text may be selected where it is read, nothing is copied, and devices are the keeper's business. */
const PANEL_SHEET = `
  viva-transcript { user-select: text; -webkit-user-select: text; }
  viva-transcript::part(copy-code) { display: none; }
  viva-transcript::part(copy) { visibility: hidden; inline-size: 0; min-inline-size: 0; min-block-size: calc(var(--_s1) + var(--_s4)); }
  header button[aria-expanded] { display: none; }
  viva-controls::part(screen), viva-composer::part(attach) { display: none; }
  viva-composer::part(input) { padding-inline-start: var(--_s4); }
`;

/** Inside the interpreter: no files of what was said, and no devices. */
const INTERPRETER_SHEET = `
  header { padding-inline-end: 0 !important; }
  .menu.save, [part='devices'] { display: none; }
`;

/** Keys that print, save, zoom, search or open something else, with Control or Command. */
const CHORDS: ReadonlySet<string> = new Set(['p', 's', 'o', 'f', 'g', 'u', 'j', 'h', 'n', 't', 'w', '+', '-', '=', '0']);

type Rule = readonly [type: string, refused: (event: Event) => boolean];

const always = (): boolean => true;

const rules: readonly Rule[] = [
  ['contextmenu', always],
  ['dragstart', always],
  ['drop', always],
  ['gesturestart', always],
  ['copy', always],
  ['cut', always],
  ['wheel', (event) => (event as WheelEvent).ctrlKey],
  ['touchmove', (event) => (event as TouchEvent).touches.length > 1],
  ['keydown', (event) => isChord(event as KeyboardEvent)],
  ['click', leadsAway],
  ['auxclick', leadsAway],
];

export const lockdown = (host: Launcher): Observable<never> =>
  new Observable(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const listeners = rules.map(([type, refused]) => {
      const listen = (event: Event): void => {
        if (refused(event)) event.preventDefault();
      };
      window.addEventListener(type, listen, { capture: true, passive: false });
      return () => {
        window.removeEventListener(type, listen, { capture: true });
      };
    });
    const inner = merge(
      innerSheet(host, () => host.renderRoot.querySelector('viva-panel'), kioskPanelSheet + PANEL_SHEET),
      innerSheet(host, () => host.renderRoot.querySelector('viva-interpreter'), INTERPRETER_SHEET),
    ).subscribe();
    return () => {
      inner.unsubscribe();
      for (const remove of listeners) remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  });

const isChord = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  /^F\d+$/.test(key) || ((ctrlKey || metaKey) && CHORDS.has(key.toLowerCase()));

/** A link out of the page (or in a window of its own), a download, a choice of files. */
function leadsAway(event: Event): boolean {
  for (const target of event.composedPath()) {
    if (target instanceof HTMLInputElement && target.type === 'file') return true;
    if (!(target instanceof HTMLAnchorElement) || target.href === '') continue;
    const { origin } = new URL(target.href, document.baseURI);
    const within = origin === location.origin && target.target !== '_blank' && !target.hasAttribute('download');
    const inTag = target.getRootNode() !== document;
    return !within || inTag || event.type === 'auxclick';
  }
  return false;
}
