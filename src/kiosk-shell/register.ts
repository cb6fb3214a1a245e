/** In the page: asks for the service worker, and tells it the languages of the kiosk. */

/** What crosses to the service worker. */
export interface ShownLanguages {
  readonly vivaLanguages: readonly string[];
}

/** Chromium's, not in TypeScript's DOM. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Under Trusted Types an address has to be vouched for: it is the page's own attribute. */
function trusted(url: string): string {
  const types = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes;
  return types?.createPolicy('viva-kiosk-shell', { createScriptURL: (given) => given }).createScriptURL(url) ?? url;
}

/** The kiosk's own language first, then those that a visitor may choose. */
function languagesOf(page: Document): readonly string[] {
  const kiosk = page.querySelector('viva-voce[variant="kiosk"]');
  const own = kiosk?.closest('[lang]')?.getAttribute('lang') ?? 'en';
  const chosen = kiosk?.getAttribute('languages')?.split(/\s+/) ?? [];
  return [...new Set([own, ...chosen].filter((tag) => tag !== ''))];
}

/**
 * `data-worker`: address of the service worker, default this script's own; `data-scope`: pages that it serves, default its folder. Rejects
 * on an insecure page, and with what the browser says against the address or the scope.
 */
export async function register({ src, dataset }: HTMLScriptElement): Promise<void> {
  // Absent on insecure pages, whatever TypeScript's DOM says.
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (container === undefined) throw new Error('kiosk-shell: a service worker needs https or localhost');
  const { worker = src, scope } = dataset;
  const registration = await container.register(trusted(worker), scope === undefined ? {} : { scope });
  const told: ShownLanguages = { vivaLanguages: languagesOf(document) };
  const active = registration.active ?? registration.waiting ?? registration.installing;
  active?.postMessage(told);
}
