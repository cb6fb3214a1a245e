/** Names of prompts: one file name of any language, and nothing that leads elsewhere. Pure. */

const PROMPT_NAME_BYTES = 200;

/** Letters that are not seen, or turn the direction of what stands beside them. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** NFC; a `wrong` name comes with why. */
export function promptName(
  text: string,
): { readonly name: string; readonly wrong: null } | { readonly name: null; readonly wrong: string } {
  const name = text.normalize('NFC');
  const wrong = wrongIn(name);
  return wrong === null ? { name, wrong: null } : { name: null, wrong };
}

function wrongIn(name: string): string | null {
  if (/[/\\]/.test(name)) return 'must be a name, not a path';
  if (UNSEEN.test(name)) return 'must have no control characters';
  if (name.startsWith('.') || name !== name.trim()) return 'must begin and end with a letter that is seen';
  if (!name.endsWith('.md') || name === '.md') return 'must end with .md';
  if (Buffer.byteLength(name) > PROMPT_NAME_BYTES) return `has at most ${String(PROMPT_NAME_BYTES)} bytes`;
  return null;
}

const AFTER = /\/livestream\/prompts\/([^?#]*)/;

/**
 * What stands in an address after `/livestream/prompts/`, UTF-8 written raw or percent-encoded. Node reads raw bytes as Latin-1, so the
 * bytes are put together again. Null: it is no UTF-8.
 */
export function nameInAddress(rawUrl: string): string | null {
  const written = AFTER.exec(rawUrl)?.[1];
  if (written === undefined) return null;
  const bytes: number[] = [];
  for (let at = 0; at < written.length; at += 1) {
    const hex = /^%([0-9a-f]{2})/i.exec(written.slice(at, at + 3))?.[1];
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...(written.charCodeAt(at) > 0xff ? Buffer.from(written.charAt(at)) : [written.charCodeAt(at)]));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}
