import type { PropertyDeclaration, PropertyDeclarations } from 'lit';

/** The kinds of attribute that `<viva-voce>` has. */

type Kind = (attribute: string) => PropertyDeclaration;

export const text: Kind = (attribute) => ({ attribute });

/** Present means true, except `="false"`, which people write as well. */
export const flag: Kind = (attribute) => ({
  attribute,
  reflect: true,
  converter: {
    fromAttribute: (value: string | null) => value !== null && value !== 'false',
    toAttribute: (value: unknown) => (value === true ? '' : null),
  },
});

export const number: Kind = (attribute) => ({ attribute, type: Number });

/** Told by attribute or property, and seen by style sheets either way. */
export const shown: Kind = (attribute) => ({ attribute, reflect: true, useDefault: true });

/** An object or list; the attribute takes it as JSON, for pages that are written by hand. */
export const json: Kind = (attribute) => ({ attribute, type: Object });

/** Functions and objects that no attribute can hold. */
export const given: Kind = () => ({ attribute: false });

const camelCase = (attribute: string): string => attribute.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());

/** Declarations of one kind for attributes that are named with spaces between; a property is named as its attribute, in camel case. */
export const each = (kind: Kind, attributes: string): PropertyDeclarations =>
  Object.fromEntries(attributes.split(' ').map((attribute) => [camelCase(attribute), kind(attribute)]));
