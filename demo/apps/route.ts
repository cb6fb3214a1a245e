/** Where a sample app is: what stands behind `#` in its address. */

export const currentRoute = (): string => location.hash.slice(1) || '/';

/** Calls whenever the route changes; what it returns ends that. */
export function onRoute(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => {
    removeEventListener('hashchange', changed);
  };
}

/** The gateway to talk to: `?gateway=` of the address; without one, the origin of the app itself. */
export const gateway = new URLSearchParams(location.search).get('gateway') ?? location.origin;
