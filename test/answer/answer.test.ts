import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../demo/server/config.ts';
import type { Answering, AnswerPart, AnswerRequest, AnswerTool, AnswerTurn, Seeing } from '../../demo/server/engines/engine.ts';
import { createLocalAnswerer } from '../../demo/server/engines/local/answer/answer.ts';
import { noSeeing } from '../support/no-seeing.ts';

/** The answerer as the gateway uses it, with its real embeddings, over the pages of a museum (test/fixtures/knowledge). */

const pages = fileURLToPath(new URL('../fixtures/knowledge', import.meta.url));
const picture = new Uint8Array([1, 2, 3]);
const see: Seeing = {
  ...noSeeing,
  look: () =>
    Promise.resolve({
      text: [{ line: 'EXIT', confidence: 0.95 }],
      people: { count: 0, confidence: 0.9 },
      objects: [],
      colours: [],
      brightness: 120,
    }),
};
let folder: string;
let answerer: Answering;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-voce-answer-'));
  const config = readConfig({ DATA_DIR: folder, KNOWLEDGE: pages }, 0);
  answerer = await createLocalAnswerer(config, { see, log: () => undefined, now: () => new Date(2026, 10, 20, 10, 0) });
  await answerer.warm();
});
afterAll(async () => {
  await answerer.close();
  await rm(folder, { recursive: true, force: true });
});

type Wishes = Partial<Pick<AnswerRequest, 'instructions' | 'tools' | 'toolChoice' | 'maxTokens'>>;

/** One conversation; each call says one thing and hears the answer. */
class Talk {
  readonly turns: AnswerTurn[] = [];
  readonly #wishes: Wishes;
  parts: AnswerPart[] = [];

  constructor(wishes: Wishes = {}) {
    this.#wishes = wishes;
  }

  async say(text: string, images: readonly Uint8Array[] = []): Promise<string> {
    this.turns.push({ role: 'user', text, images });
    return this.answer();
  }

  async answer(): Promise<string> {
    const request = { instructions: '', tools: [], toolChoice: 'auto', maxTokens: null, ...this.#wishes } as const;
    this.parts = [];
    for await (const part of answerer.answer({ ...request, turns: this.turns, signal: new AbortController().signal }))
      this.parts.push(part);
    const said = this.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
    for (const part of this.parts) {
      if (part.type === 'tool-call')
        this.turns.push({ role: 'tool-call', callId: 'call', name: part.name, arguments: part.arguments });
    }
    if (said !== '') this.turns.push({ role: 'assistant', text: said, images: [] });
    return said;
  }

  /** The user cut in: this is all they heard of the last answer. */
  heardOnly(text: string): void {
    this.turns[this.turns.length - 1] = { role: 'assistant', text, images: [] };
  }

  get cited(): string | null {
    return this.parts.find((part) => part.type === 'citation')?.url ?? null;
  }

  get called(): unknown {
    const call = this.parts.find((part) => part.type === 'tool-call');
    return call === undefined ? null : { [call.name]: JSON.parse(call.arguments) as unknown };
  }
}

describe('answers from documents', () => {
  it('quotes the sentence that answers, names its page and links to the place', async () => {
    const talk = new Talk();
    expect(await talk.say('how do i get there by tram')).toBe(
      'From our Getting here page: Tram line 4 stops at Quay Street every eight minutes.',
    );
    expect(talk.cited).toBe('/getting-here#public-transport');
    expect(talk.parts.at(-1)).toMatchObject({ type: 'end', cut: false });
  });

  it('leads with yes or no only where the sentence is certain', async () => {
    expect(await new Talk().say('are you open on mondays')).toMatch(
      /^No\. From our Opening hours page: The museum is open every day except Monday\./,
    );
    expect(await new Talk().say('are dogs allowed on the terrace')).toMatch(/^Yes\. /);
    expect(await new Talk().say('is there a cafe')).not.toMatch(/^(Yes|No)/);
  });

  it('reads a timetable whole', async () => {
    expect(await new Talk().say('when are you open')).toContain('Tuesday to Thursday: 10:00 to 17:00. Friday: 10:00 to 21:00.');
  });

  it.each(['who won the world cup', 'how tall is the eiffel tower', 'do you have a cinema', 'what is seventeen times twelve'])(
    'does not know %s, and says so',
    async (question) => {
      const talk = new Talk();
      expect(await talk.say(question)).toMatch(/couldn't find that|not sure about that/);
      expect(talk.cited).toBeNull();
    },
  );

  it('gives its first words soon', async () => {
    const questions = [
      'how much is a ticket',
      'can i bring my dog',
      'where is the museum',
      'do you have a cafe',
      'how long is a tour',
      'is there wifi',
    ];
    const firstMs: number[] = [];
    for (const question of questions) {
      const began = performance.now();
      await new Talk().say(question);
      firstMs.push(performance.now() - began);
    }
    // The measure is `npm run prove:answers`; here only that nothing is slow by a factor, on a machine that does other things.
    expect(Math.min(...firstMs)).toBeLessThan(150);
  });
});

describe('a conversation', () => {
  it('follows questions that lean on the one before', async () => {
    const talk = new Talk();
    await talk.say('what is the knot workshop');
    expect(await talk.say('how much does it cost')).toContain('60 euros');
    expect(await talk.say('how long does it take')).toContain('ninety minutes');
    await talk.say('when are you open');
    expect(await talk.say('and on fridays?')).toContain('Friday: 10:00 to 21:00.');
    expect(await talk.say('what about sundays')).toContain('Saturday and Sunday: 9:30 to 18:00.');
  });

  it('knows what the user heard of an interrupted answer, and goes on from there', async () => {
    const talk = new Talk();
    await talk.say('how do i get there by tram');
    talk.heardOnly('From our Getting here page: Tram line 4 stops at');
    expect(await talk.say('where did you stop')).toContain('Tram line 4 stops at');
    expect(await talk.say('go on')).toBe('Quay Street every eight minutes.');
  });

  it('repeats, tells its source and what the user said', async () => {
    const talk = new Talk();
    const first = await talk.say('is there vegan food');
    expect(await talk.say('say that again')).toBe(first);
    expect(await talk.say('what did i say')).toContain('say that again');
    expect(await talk.say('which page is that from')).toMatch(/Café and shop|have not quoted/);
  });

  it('reads what it offered when the user agrees', async () => {
    const talk = new Talk();
    talk.turns.push(
      { role: 'user', text: 'i lost my scarf', images: [] },
      {
        role: 'assistant',
        text: "I'm not sure about that. The closest I have is on our House rules and contact page. Shall I read it?",
        images: [],
      },
    );
    expect(await talk.say('yes please')).toContain('Lost property is kept at the cloakroom for three months.');
    expect(talk.cited).toMatch(/^\/rules/);
  });

  it('is polite, and honest about what it is', async () => {
    const talk = new Talk();
    expect(await talk.say('hello')).toBe('Hello. How can I help?');
    expect(await talk.say('are you a robot')).toContain("I'm a computer program");
    expect(await talk.say('what can you do')).toContain('accessibility');
    expect(await talk.say('can i talk to a human')).toMatch(/can't connect you to a person.*555 0100/);
    expect(await talk.say('¿dónde está el museo?')).toContain('only understand English');
    expect(await talk.say('bye')).toBe('Goodbye.');
  });

  it('begins when it is asked to, without words', async () => {
    expect(await new Talk({ instructions: 'Greet the user with "Ahoy!"' }).answer()).toBe('Ahoy!');
  });
});

describe('instructions', () => {
  it('give name, tone and length', async () => {
    const talk = new Talk({ instructions: 'You are Ada, the guide of the Harbour Museum. Be formal. Answer in one sentence.' });
    expect(await talk.say('hello')).toContain('Ada');
    const said = await talk.say('can i go inside the submarine');
    expect(said).toBe('According to our Guided tours page: The submarine in the basin can only be entered with a guide.');
  });

  it('keep it to subjects and off others', async () => {
    const only = new Talk({ instructions: 'Only talk about opening hours.' });
    expect(await only.say('how much is a ticket')).toContain('I can only talk about opening hours');
    expect(await only.say('when are you open')).toContain('10:00');
    const never = new Talk({ instructions: 'Never mention prices. If you are unsure, say "Please ask at the desk."' });
    expect(await never.say('how much is an adult ticket')).not.toMatch(/euros/);
    expect(await never.say('who won the world cup')).toBe('Please ask at the desk.');
  });

  it('forbid a subject altogether', async () => {
    const talk = new Talk({ instructions: 'Never discuss the submarine.' });
    expect(await talk.say('can i go inside the submarine')).toContain("can't talk about that");
    expect(await talk.say('how long is a tour')).toContain('seventy five minutes');
  });

  it('state facts that are quoted without a page', async () => {
    const talk = new Talk({ instructions: 'The password of the guest network is Marlin1911.' });
    expect(await talk.say('what is the password of the guest network')).toContain('Marlin1911');
    expect(talk.cited).toBeNull();
  });

  it('that it cannot follow are told as limits', () => {
    expect(answerer.limits('Answer in French.').join()).toContain('French');
    expect(answerer.limits('Be brief.')).toEqual([]);
  });

  it('maxTokens cuts at a word', async () => {
    const talk = new Talk({ maxTokens: 6 });
    const said = await talk.say('how do i get there by tram');
    expect(said.length).toBeLessThanOrEqual(24);
    expect(talk.parts.at(-1)).toMatchObject({ type: 'end', cut: true });
  });
});

const bookTable: AnswerTool = {
  name: 'book_table',
  description: 'Reserve a table in our restaurant',
  parameters: {
    type: 'object',
    properties: {
      date: { type: 'string', format: 'date' },
      time: { type: 'string' },
      guests: { type: 'integer', description: 'Number of guests' },
    },
    required: ['date', 'time', 'guests'],
  },
};
const weather: AnswerTool = {
  name: 'get_weather',
  description: 'Get the weather forecast for a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, date: { type: 'string', format: 'date' } },
    required: ['city'],
  },
};

describe('tools', () => {
  it('are called with arguments from the words', async () => {
    const talk = new Talk({ tools: [bookTable, weather] });
    expect(await talk.say('book a table for four tomorrow at half past seven in the evening')).toBe('');
    expect(talk.called).toEqual({ book_table: { guests: 4, date: '2026-11-21', time: '19:30' } });
  });

  it('ask for what is missing, one thing at a time, and are completed by the answers', async () => {
    const talk = new Talk({ tools: [bookTable, weather] });
    expect(await talk.say('i would like to book a table for two')).toBe('For what day?');
    expect(await talk.say('next friday')).toBe('At what time?');
    await talk.say('at eight');
    expect(talk.called).toEqual({ book_table: { guests: 2, date: '2026-11-27', time: '20:00' } });
  });

  it('are left when the user turns away', async () => {
    const talk = new Talk({ tools: [bookTable] });
    await talk.say('book a table for two');
    expect(await talk.say('never mind')).toBe('All right.');
    expect(talk.called).toBeNull();
    await talk.say('book a table for two');
    expect(await talk.say('are dogs allowed on the terrace')).toContain('Dogs are allowed on the terrace.');
  });

  it('take no refusal for a value, and change nothing by a hint', async () => {
    const properties = { to: { type: 'string', format: 'email' }, body: { type: 'string' } };
    const mail = {
      name: 'send_email',
      description: 'Send an e-mail',
      parameters: { type: 'object', properties, required: ['to', 'body'] },
    };
    const writing = new Talk({ tools: [mail] });
    expect(await writing.say('send an email to anna@example.com')).toBe('What should the message say?');
    await writing.say('never mind');
    expect(writing.called).toBeNull();
    const booking = new Talk({ tools: [bookTable] });
    await booking.say('book a table for four tomorrow at half past seven in the evening');
    booking.turns.push({ role: 'tool-result', callId: 'call', output: '{"ok":true}' });
    await booking.answer();
    await booking.say('and on monday');
    expect(booking.called).toBeNull();
  });

  it('tell their result, and look up again for a new value', async () => {
    const talk = new Talk({ tools: [bookTable, weather] });
    await talk.say("what's the weather in Oslo");
    expect(talk.called).toEqual({ get_weather: { city: 'Oslo' } });
    talk.turns.push({ role: 'tool-result', callId: 'call', output: '{"city":"Oslo","condition":"snow","temperature":-2}' });
    expect(await talk.answer()).toBe('The condition is snow and the temperature is -2 degrees.');
    await talk.say('and in Rome');
    expect(talk.called).toEqual({ get_weather: { city: 'Rome' } });
  });

  it.each([
    "don't book a table",
    'what happens if i book a table',
    'i booked a table yesterday',
    'how do i book a table',
    'who won the world cup',
  ])('are not called by: %s', async (said) => {
    const talk = new Talk({ tools: [bookTable, weather] });
    await talk.say(said);
    expect(talk.called).toBeNull();
  });

  it('obey the tool choice', async () => {
    const none = new Talk({ tools: [weather], toolChoice: 'none' });
    await none.say("what's the weather in Oslo");
    expect(none.called).toBeNull();
    const named = new Talk({ tools: [bookTable, weather], toolChoice: { name: 'get_weather' } });
    await named.say('Oslo please');
    expect(named.called).toEqual({ get_weather: { city: 'Oslo' } });
    const required = new Talk({ tools: [bookTable, weather], toolChoice: 'required' });
    expect(await required.say('something with a table')).toMatch(/\?$/);
  });

  it('do not stand in the way of the pages', async () => {
    const talk = new Talk({ tools: [bookTable, weather] });
    expect(await talk.say('how much is a ticket')).toContain('14 euros');
  });
});

describe('pictures', () => {
  it('are looked at when the words are about them', async () => {
    expect(await new Talk().say('what does it say', [picture])).toContain('EXIT');
    expect(await new Talk().say('how much is a ticket', [picture])).toContain('14 euros');
    expect(await new Talk().say('what do you see')).toContain("can't see anything yet");
  });

  it('that cannot be looked at are told of', async () => {
    const config = readConfig({ DATA_DIR: folder, KNOWLEDGE: pages }, 0);
    const blind = await createLocalAnswerer(config, {
      see: { ...noSeeing, look: () => Promise.reject(new Error('busy')) },
      log: () => undefined,
    });
    const turns: AnswerTurn[] = [{ role: 'user', text: 'what do you see', images: [picture] }];
    const parts: AnswerPart[] = [];
    for await (const part of blind.answer({
      instructions: '',
      turns,
      tools: [],
      toolChoice: 'auto',
      maxTokens: null,
      signal: new AbortController().signal,
    }))
      parts.push(part);
    await blind.close();
    expect(parts.find((part) => part.type === 'text')?.text).toContain('could not look at the picture');
  });
});

it('stops when the turn is given up', async () => {
  const controller = new AbortController();
  controller.abort(new Error('gone'));
  const turns: AnswerTurn[] = [{ role: 'user', text: 'hello', images: [] }];
  const parts = answerer.answer({
    instructions: '',
    turns,
    tools: [],
    toolChoice: 'auto',
    maxTokens: null,
    signal: controller.signal,
  });
  await expect(parts[Symbol.asyncIterator]().next()).rejects.toThrow('gone');
});
