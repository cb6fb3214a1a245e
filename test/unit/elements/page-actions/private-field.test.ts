import { expect, test } from 'vitest';
import { allowedActions } from '../../../../src/elements/page-actions/action-names.ts';
import { pageAddress } from '../../../../src/elements/page-actions/page-address.ts';
import { isPrivateField, type FieldFacts } from '../../../../src/elements/page-actions/private-field.ts';

const field = (facts: Partial<FieldFacts>): boolean =>
  isPrivateField({ type: 'text', autocomplete: '', named: '', marked: false, ...facts });

test.each<[Partial<FieldFacts>, boolean]>([
  [{}, false],
  [{ type: 'email', autocomplete: 'email', named: 'email Your e-mail address' }, false],
  [{ autocomplete: 'street-address', named: 'address' }, false],
  [{ named: 'postcard text' }, false],
  [{ named: 'passenger name' }, false],
  [{ named: 'shipping' }, false],
  [{ type: 'password' }, true],
  [{ type: 'hidden' }, true],
  [{ type: 'file' }, true],
  [{ autocomplete: 'cc-number' }, true],
  [{ autocomplete: 'section-pay billing CC-CSC' }, true],
  [{ autocomplete: 'one-time-code' }, true],
  [{ autocomplete: 'new-password' }, true],
  [{ named: 'cardNumber' }, true],
  [{ named: 'card_no ' }, true],
  [{ named: 'x CVV' }, true],
  [{ named: 'iban' }, true],
  [{ named: 'userPassword' }, true],
  [{ named: 'Your PIN' }, true],
  [{ marked: true }, true],
])('%j is private: %j', (facts, expected) => {
  expect(field(facts)).toBe(expected);
});

test('only what is named is allowed, in any writing of the list', () => {
  expect(allowedActions('read scroll,  click read')).toEqual({ allowed: ['read', 'scroll', 'click'], unknown: [] });
  expect(allowedActions('')).toEqual({ allowed: [], unknown: [] });
  expect(allowedActions('read submit')).toEqual({ allowed: ['read'], unknown: ['submit'] });
});

test.each([
  ['/returns?x=1#y', 'https://shop.example/returns?x=1#y'],
  ['roses', 'https://shop.example/garden/roses'],
  ['https://shop.example/', 'https://shop.example/'],
])('%j is a page of this site', (to, href) => {
  expect(pageAddress(to, 'https://shop.example/garden/lawn').href).toBe(href);
});

test.each([
  'https://elsewhere.example/',
  '//elsewhere.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'http://shop.example/',
  'http://',
  7,
  undefined,
])('%j is refused by the name of the field', (to) => {
  expect(() => pageAddress(to, 'https://shop.example/garden/lawn')).toThrow(
    expect.objectContaining({ code: 'tool-failed', field: 'url' }),
  );
});
