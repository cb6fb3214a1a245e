import { map, merge, Observable, startWith, switchMap, timer } from 'rxjs';
import { eventsOf } from '../../shared/events-of.ts';

/** The mouse pointer, hidden where nobody has moved it for a while. In force while subscribed; emits nothing. */

const HIDDEN_AFTER_MS = 5_000;

const SHEET = '*, ::before, ::after { cursor: none !important; }';

export const hiddenCursor = (root: Element): Observable<never> =>
  merge(eventsOf(document, 'pointermove'), eventsOf(document, 'pointerdown')).pipe(
    // `switchMap` keeps what it was given, and an event keeps all that it went through: the panel of a visitor who has left.
    map(() => null),
    startWith(null),
    switchMap(() => timer(HIDDEN_AFTER_MS).pipe(switchMap(() => hidden(root)))),
  );

const hidden = (root: Element): Observable<never> =>
  new Observable(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    const hide = (each: DocumentOrShadowRoot): WeakRef<DocumentOrShadowRoot> => {
      each.adoptedStyleSheets = [...each.adoptedStyleSheets, sheet];
      return new WeakRef(each);
    };
    // Weakly: what belonged to a visitor goes while the pointer is still hidden.
    const hiding = [document, ...shadowRoots(root)].map(hide);
    return () => {
      for (const ref of hiding) {
        const each = ref.deref();
        if (each !== undefined) each.adoptedStyleSheets = each.adoptedStyleSheets.filter((other) => other !== sheet);
      }
    };
  });

/** A sheet of the document does not reach into them. */
function shadowRoots(element: Element): readonly ShadowRoot[] {
  const { shadowRoot } = element;
  const inside = Array.from((shadowRoot ?? element).querySelectorAll('*'));
  const below = inside.filter((each) => each.shadowRoot !== null).flatMap(shadowRoots);
  return shadowRoot === null ? below : [shadowRoot, ...below];
}
