/** What a key of the screen does to a field, as a key of a keyboard would: at the caret, with the events that the field expects. */

export type Field = HTMLTextAreaElement | HTMLInputElement;

const TEXTUAL: ReadonlySet<string> = new Set(['text', 'search', 'email', 'tel', 'url', 'number']);

export const isField = (element: Element | null): element is Field =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && TEXTUAL.has(element.type));

/** Puts `text` in the place of what is selected. */
export function type(field: Field, text: string): void {
  const { selectionStart, selectionEnd, maxLength, value } = field;
  const [start, end] = [selectionStart ?? value.length, selectionEnd ?? value.length];
  if (maxLength >= 0 && value.length - (end - start) + text.length > maxLength) return;
  replace(field, text, start, end, 'insertText');
}

/** Takes away what is selected, else the letter before the caret, with all its marks. */
export function erase(field: Field): void {
  const { selectionStart, selectionEnd, value } = field;
  const [start, end] = [selectionStart ?? value.length, selectionEnd ?? value.length];
  if (start !== end) replace(field, '', start, end, 'deleteContentBackward');
  else if (start > 0) replace(field, '', start - lastLetter(value.slice(0, start)).length, end, 'deleteContentBackward');
}

/** Sends the form that the field stands in. */
export const enter = (field: Field): void => {
  field.form?.requestSubmit();
};

function lastLetter(text: string): string {
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  return letters.at(-1)?.segment ?? '';
}

function replace(field: Field, text: string, start: number, end: number, inputType: string): void {
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType, data: text === '' ? null : text }));
}
