/** Text ↔ Apertium's stream format (wiki.apertium.org/wiki/Apertium_stream_format), where some signs mean something and must be escaped. */

const SPECIAL = /[\\^$/[\]{}@<>]/g;
const UNESCAPED = /\\([\\^$/[\]{}@<>])/g;
/** What ends a sentence for the taggers, which read up to it. */
const ENDED = /[.!?…]["'»”)]*$/;
/** Marks of words that a stage did not know: unknown `*`, no translation `@`, no form `#`. */
const MARKS = /(?<![\p{L}\p{N}\\])[*@#]+(?=[\p{L}\p{N}])/gu;

export interface Streamed {
  readonly stream: string;
  /** A full stop was added for the taggers and is to be taken off again. */
  readonly stopped: boolean;
  /** The text has such signs of its own, which stay. */
  readonly marked: boolean;
}

/** One sentence or more, without NUL at the end. */
export function toStream(text: string): Streamed {
  const plain = text
    .normalize('NFC')

    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .replace(/[’ʼ]/g, "'")
    // In front of a sentence they hide from the stages that it begins there; the other end tells as much.
    .replace(/[¿¡]\s*/g, '')
    .trim();
  const stopped = !ENDED.test(plain);
  // An empty blank behind the last word keeps the stages from waiting for more of it.
  return { stream: `${plain.replace(SPECIAL, '\\$&')}${stopped ? '.' : ''}[]`, stopped, marked: /[*#]/.test(plain) };
}

/** What came out for the text that `toStream` made `of`. */
export function fromStream(stream: string, of: Streamed): string {
  const text = stream
    // Blanks of the format, which carry what is not text.
    .replace(/(?<!\\)\[[^\]\\]*\]/g, '')
    .replace(MARKS, (signs) => (of.marked ? signs : ''))
    .replace(UNESCAPED, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return of.stopped ? text.replace(/\s*\.$/, '') : text;
}
