import type { ActionName } from './action-names.ts';

/** The page actions as they are told to the model: what each does, and a JSON Schema of its arguments. */

interface Declaration {
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const element = { type: 'string', description: 'The mark of the element in the last reading of the page, such as e12' };

const takes = (properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

export const declarations: Readonly<Record<ActionName, Declaration>> = {
  read: {
    description:
      'Reads the page the user is looking at: its headings, text, links, buttons and fields, each with a mark. Do this before any other action on the page.',
    parameters: takes({}),
  },
  scroll: { description: 'Scrolls the page until an element is in view.', parameters: takes({ element }) },
  highlight: { description: 'Shows the user where an element is by drawing a frame around it.', parameters: takes({ element }) },
  focus: { description: 'Moves the keyboard focus to an element.', parameters: takes({ element }) },
  fill: {
    description:
      'Fills in a field, ticks a box (value true or false) or chooses an option. Passwords and payment are left to the user.',
    parameters: takes({ element, value: { type: 'string', description: 'What to write, or the label of the option' } }),
  },
  click: { description: 'Presses a button or follows a link, after the user has allowed it.', parameters: takes({ element }) },
  navigate: {
    description: 'Opens another page of this site, after the user has allowed it.',
    parameters: takes({ url: { type: 'string', description: 'An address on this site, such as /returns' } }),
  },
};
