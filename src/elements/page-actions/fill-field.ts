import { AssistantError } from '../../shared/errors.ts';
import { nameOf } from './page-snapshot.ts';
import { fieldFacts, isPrivateField } from './private-field.ts';

/** Writes into a field as a person would: frameworks that watch it hear the same events. Returns how to undo it. */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement;

const refuse = (message: string): AssistantError => new AssistantError('tool-failed', message, { field: 'element' });

function tell(field: Field): void {
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Frameworks put a setter of their own on the element; the prototype's tells them that the value is new. */
function write(
  field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  name: 'value' | 'checked',
  value: string | boolean,
): void {
  Reflect.set(Object.getPrototypeOf(field) as object, name, value, field);
  tell(field);
}

/** Throws `tool-failed` for what is no field, is private, is switched off or does not take `value`. */
export function fillField(element: Element, value: string): () => void {
  if (isPrivateField(fieldFacts(element, nameOf(element)))) throw refuse('this field is private: the user fills it in');
  if (element.matches(':disabled, [readonly], [aria-readonly="true"]')) throw refuse('this field cannot be changed');
  if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio')) {
    const before = element.checked;
    const wanted = /^(?:true|on|yes|1|checked)$/i.test(value.trim());
    if (element.type === 'radio' && !wanted) throw refuse('a choice is made by choosing another one');
    const group = element.type === 'radio' ? chosenBeside(element) : null;
    if (before !== wanted) write(element, 'checked', wanted);
    return () => write(group ?? element, 'checked', group === null ? before : true);
  }
  if (element instanceof HTMLSelectElement) {
    const option = [...element.options].find(
      ({ value: own, label }) => own === value || label.trim().toLowerCase() === value.trim().toLowerCase(),
    );
    if (option === undefined) throw refuse(`“${value}” is none of its options`);
    return replace(element, option.value);
  }
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    const undo = replace(element, value);
    if (value === '' || element.value !== '') return undo;
    undo();
    throw refuse(`it does not take “${value}”`);
  }
  if (element instanceof HTMLElement && element.isContentEditable) {
    const before = element.textContent;
    element.textContent = value;
    tell(element);
    return () => {
      element.textContent = before;
      tell(element);
    };
  }
  throw refuse('this is no field');
}

function replace(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string): () => void {
  const before = field.value;
  write(field, 'value', value);
  return () => write(field, 'value', before);
}

/** The radio button of the same group that is chosen now. */
function chosenBeside({ form, name, ownerDocument }: HTMLInputElement): HTMLInputElement | null {
  const among = [...(form ?? ownerDocument).querySelectorAll<HTMLInputElement>('input[type="radio"]:checked')];
  return among.find((each) => each.name === name) ?? null;
}
