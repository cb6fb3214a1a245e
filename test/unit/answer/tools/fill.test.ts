import { describe, expect, it } from 'vitest';
import { fill } from '../../../../demo/server/engines/local/answer/tools/fill.ts';
import { readTool } from '../../../../demo/server/engines/local/answer/tools/profile.ts';
import { readUtterance } from '../../../../demo/server/engines/local/answer/tools/utterance.ts';

const NOW = new Date(2026, 10, 20, 10, 0);

function filled(name: string, description: string, properties: Record<string, unknown>, required: string[], said: string) {
  const profile = readTool({
    name,
    description,
    parameters: { type: 'object', properties, required, additionalProperties: false },
  });
  const { arguments: args, missing } = fill(profile, readUtterance(said, NOW));
  return { args, missing: missing.map((slot) => slot.path.join('.')) };
}

describe('arguments from a schema', () => {
  it('takes numbers by what they count, dates, times', () => {
    const properties = {
      date: { type: 'string', format: 'date' },
      time: { type: 'string' },
      guests: { type: 'integer', minimum: 1 },
    };
    expect(
      filled('book_table', 'Book a table', properties, ['date', 'time', 'guests'], 'a table for two people next Friday at 8 pm'),
    ).toEqual({
      args: { date: '2026-11-27', time: '20:00', guests: 2 },
      missing: [],
    });
  });

  it('tells what is missing', () => {
    expect(
      filled('track', 'Track an order', { order_number: { type: 'string' } }, ['order_number'], 'where is my order'),
    ).toEqual({
      args: {},
      missing: ['order_number'],
    });
  });

  it('keeps sides apart: from and to, first and last', () => {
    const properties = {
      origin: { type: 'string' },
      destination: { type: 'string' },
      departure_date: { type: 'string', format: 'date' },
      return_date: { type: 'string', format: 'date' },
    };
    expect(
      filled(
        'book_flight',
        'Book a flight',
        properties,
        ['origin', 'destination'],
        'a flight from London to Rome next monday coming back on thursday',
      ).args,
    ).toEqual({
      origin: 'London',
      destination: 'Rome',
      departure_date: '2026-11-23',
      return_date: '2026-11-26',
    });
    const units = { type: 'string', enum: ['feet', 'metres'] };
    expect(
      filled(
        'convert',
        'Convert a length',
        { value: { type: 'number' }, from_unit: units, to_unit: units },
        ['value'],
        'how many feet are 12 metres',
      ).args,
    ).toEqual({
      value: 12,
      from_unit: 'metres',
      to_unit: 'feet',
    });
  });

  it('finds allowed values by name, by synonym, by language, and not where they are denied', () => {
    const room = { room: { type: 'string', enum: ['kitchen', 'living_room'] } };
    expect(filled('light', 'Switch a light', room, [], 'the light in the living room').args).toEqual({ room: 'living_room' });
    expect(
      filled('lang', 'Change the language', { language: { type: 'string', enum: ['en', 'es'] } }, [], 'switch to Spanish').args,
    ).toEqual({ language: 'es' });
    expect(
      filled('pizza', 'Order a pizza', { size: { type: 'string', enum: ['small', 'large'] } }, [], 'a pizza but not large').args,
    ).toEqual({});
    expect(filled('vote', 'Vote', { option: { type: 'string', enum: ['A', 'B'] } }, [], 'a vote').args).toEqual({});
  });

  it('reads switches and wishes as booleans', () => {
    expect(filled('lamp', 'Turn a lamp on or off', { on: { type: 'boolean' } }, ['on'], 'switch the lamp off').args).toEqual({
      on: false,
    });
    const coffee = { sugar: { type: 'boolean' } };
    expect(filled('brew', 'Make coffee', coffee, [], 'a coffee without sugar').args).toEqual({ sugar: false });
    expect(filled('brew', 'Make coffee', coffee, [], 'a coffee with sugar').args).toEqual({ sugar: true });
    expect(filled('brew', 'Make coffee', coffee, [], 'a coffee').args).toEqual({});
  });

  it('takes free text from what is left, word for word in messages', () => {
    const mail = { to: { type: 'string', format: 'email' }, body: { type: 'string', description: 'Text of the message' } };
    expect(
      filled('send_email', 'Send an e-mail', mail, ['to', 'body'], 'send an email to anna@example.com saying I will be late')
        .args,
    ).toEqual({ to: 'anna@example.com', body: 'I will be late' });
    expect(
      filled(
        'add_to_cart',
        'Put a product into the cart',
        { product: { type: 'string' } },
        ['product'],
        'please add tomato seeds to my cart',
      ).args,
    ).toEqual({ product: 'tomato seeds' });
  });

  it('fills lists and nested objects', () => {
    const toppings = { toppings: { type: 'array', items: { type: 'string', enum: ['ham', 'olives', 'onions'] } } };
    expect(filled('pizza', 'Order a pizza', toppings, ['toppings'], 'a pizza with ham and olives').args).toEqual({
      toppings: ['ham', 'olives'],
    });
    const address = {
      address: {
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
        required: ['street', 'city'],
      },
    };
    expect(
      filled('change_address', 'Change the address', address, ['address'], 'change my address to 12 Oak Street, Bristol').args,
    ).toEqual({ address: { street: '12 Oak Street', city: 'Bristol' } });
  });

  it('gives the form that the schema takes, and nothing that it refuses', () => {
    expect(
      filled('alarm', 'Set an alarm', { time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' } }, ['time'], 'at 7 am').args,
    ).toEqual({ time: '07:00' });
    expect(filled('table', 'Book a table', { guests: { type: 'integer', maximum: 8 } }, ['guests'], 'for 20 guests')).toEqual({
      args: {},
      missing: ['guests'],
    });
    expect(filled('timer', 'Set a timer', { seconds: { type: 'integer' } }, ['seconds'], 'for two minutes').args).toEqual({
      seconds: 120,
    });
  });

  it('survives names and patterns that are not meant well', () => {
    const properties = { 'a(b[': { type: 'string', pattern: '^(a+)+$' }, c: { type: 'string', pattern: '(' } };
    const began = performance.now();
    expect(() => filled('x', 'y', properties, ['a(b[', 'c'], `the a(b[ is ${'a'.repeat(40)}!`)).not.toThrow();
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
