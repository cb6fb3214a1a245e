import type { Dialect } from './dialect.ts';

/** GA: nothing to translate. */
export const ga: Dialect = {
  name: 'ga',
  encode: (event) => event,
  readSession: (session) => session,
  readResponse: (response) => response,
  nameParam: (param) => param,
};
