import { Observable } from 'rxjs';
import type { Launcher } from '../viva-voce/launcher.ts';

/** A style sheet of the kiosk's inside what the tag shows, on whichever element `find` gives, while subscribed; emits nothing. */
export const innerSheet = (host: Launcher, find: () => Element | null, css: string): Observable<never> =>
  new Observable(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const put = (): void => {
      const root = find()?.shadowRoot;
      // It has none yet while its code is on its way: the next update of the tag tries again.
      if (root?.adoptedStyleSheets.includes(sheet) === false) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    };
    const controller = { hostUpdated: put };
    host.addController(controller);
    return () => {
      host.removeController(controller);
      const root = find()?.shadowRoot;
      if (root != null) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  });
