/** Fields that the assistant neither reads nor fills: passwords, one-time codes, payment; and whatever a page marks as private. */

/** Of the HTML standard's autofill tokens, those that are secret. */
const SECRET_AUTOFILL = /(?:^|\s)(?:cc-[a-z-]+|current-password|new-password|one-time-code|transaction-[a-z-]+)(?:\s|$)/;

/** Names that pages give such fields when they say nothing by `autocomplete`. */
const SECRET_NAME =
  /pass(?:word|code|phrase)|\bpin\b|cvv|cvc|csc|card.?(?:num|no\b|code|holder)|credit.?card|iban|\bbic\b|account.?(?:num|no\b)|sort.?code|routing|\bssn\b|\botp\b|security.?code/i;

/** What is known of a field; nothing of its value. */
export interface FieldFacts {
  readonly type: string;
  readonly autocomplete: string;
  /** Everything that names it: `name`, `id`, label. */
  readonly named: string;
  /** It, or something around it, carries `data-viva-private`. */
  readonly marked: boolean;
}

export const isPrivateField = ({ type, autocomplete, named, marked }: FieldFacts): boolean =>
  marked ||
  type === 'password' ||
  type === 'hidden' ||
  type === 'file' ||
  SECRET_AUTOFILL.test(autocomplete.toLowerCase()) ||
  SECRET_NAME.test(named);

const around = (element: Element): Element | null => {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
};

/** The facts of an element of the page; `label` is its accessible name. */
export function fieldFacts(element: Element, label: string): FieldFacts {
  let marked = false;
  for (let at: Element | null = element; at !== null && !marked; at = around(at)) marked = at.hasAttribute('data-viva-private');
  return {
    type: (element.getAttribute('type') ?? '').toLowerCase(),
    autocomplete: element.getAttribute('autocomplete') ?? '',
    named: `${element.getAttribute('name') ?? ''} ${element.id} ${label}`,
    marked,
  };
}
