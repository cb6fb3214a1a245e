import type { PropertyDeclaration } from 'lit';

/** The kinds of attribute that `<viva-voce>` has. */

/** Present means true, except `="false"`, which people write as well. */
export const flag = (attribute: string): PropertyDeclaration => ({
  attribute,
  reflect: true,
  converter: {
    fromAttribute: (value: string | null) => value !== null && value !== 'false',
    toAttribute: (value: unknown) => (value === true ? '' : null),
  },
});

export const text: PropertyDeclaration = {};

export const number = (attribute: string): PropertyDeclaration => ({ attribute, type: Number });

/** Told by attribute or property, and seen by style sheets either way. */
export const shown = (attribute: string): PropertyDeclaration => ({ attribute, reflect: true, useDefault: true });

/** Functions and objects. */
export const given: PropertyDeclaration = { attribute: false };
