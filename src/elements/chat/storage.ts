/** Where a browser keeps what is ours: under which names, and nowhere when it does not let us. */

export type Keep = 'session' | 'local';

/** Names in storage where the page gives none. */
export const CONVERSATION_KEY = 'viva-voce:conversation';
export const CONSENT_KEY = 'viva-voce:consent';
export const DISMISSED_KEY = 'viva-voce:dismissed';

/** Refused on pages without storage, and in some private windows already at the first touch. */
function storage(keep: Keep): Storage | null {
  try {
    return keep === 'local' ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}

export function read(keep: Keep, key: string): string | null {
  try {
    return storage(keep)?.getItem(key) ?? null;
  } catch {
    // Storage that says no holds nothing.
    return null;
  }
}

/** False where the browser keeps nothing. */
export function write(keep: Keep, key: string, value: string): boolean {
  try {
    storage(keep)?.setItem(key, value);
    return storage(keep) !== null;
  } catch {
    return false;
  }
}

/** From both storages, whatever the page asks for by now. */
export function remove(key: string): void {
  for (const keep of ['local', 'session'] as const) {
    try {
      storage(keep)?.removeItem(key);
    } catch {
      // What cannot be touched was never written.
    }
  }
}
