import { register } from './register.ts';
import { isServiceWorker, serve } from './serve.ts';

/**
 * `kiosk-shell.js`: as a script of a page it asks for itself as the page's service worker; as that it never lets the browser's error page be
 * seen, which nothing of ours can leave again.
 */

/** The sentence that is shown without a network, by language; put in by the build. */
declare const NO_NETWORK: Readonly<Record<string, string>>;

const world: object = globalThis;

if (isServiceWorker(world)) serve(world, NO_NETWORK);
else register(document.currentScript as HTMLScriptElement).catch(reportError);
