/** An event's prompt, and the scenes it must fire on; on all others of its set it must not. */
export interface EventCase {
  readonly prompt: string;
  readonly on: readonly string[];
  /** Scenes on which one may argue. */
  readonly either?: readonly string[];
}

/** Sentences as they are heard, by an id. */
export const SPOKEN: Readonly<Record<string, string>> = {
  refund: 'Hello, I would like a refund for the chair, one of its legs is broken.',
  budget: 'Let us meet on Thursday at ten to talk about the budget for next year.',
  delivery: 'Your delivery left the warehouse this morning and will arrive tomorrow.',
  outage: 'The server has been down since midnight and nobody can log in.',
  slides: 'Could you send me the slides on Slack before the call?',
  northwind: 'We won the contract with Northwind after three months of talks.',
  lisbon: 'My name is Anna and I am calling from Lisbon.',
  weather: 'It is a lovely day, we had breakfast outside in the garden.',
  cancel: 'Please cancel my subscription at the end of the month.',
  price: 'How much does the annual plan cost for ten people?',
};
