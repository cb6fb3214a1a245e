import { describe, expect, it, vi } from 'vitest';
import type { Answering, AnswerPart } from '../../../../demo/server/engines/engine.ts';
import { matchEvent } from '../../../../demo/server/rtstream/events/match-event.ts';
import type { EventMatch, NewScene } from '../../../../demo/server/rtstream/scene.ts';
import type { Embedder } from '../../../../demo/server/knowledge/embedder.ts';

const { signal } = new AbortController();

const scene = (...evidence: string[]): NewScene => ({
  startMs: 0,
  endMs: 2000,
  text: 'told',
  data: null,
  metadata: {},
  evidence: evidence.join('\n'),
});
const screen = (...lines: string[]): NewScene =>
  scene(...lines, 'people: 0', 'colours: white 80%, navy 20%', 'light: bright', 'change: still');
const camera = (people: number, ...lines: string[]): NewScene =>
  scene(...lines, `people: ${people}`, 'colours: grey 90%', 'light: medium', 'change: slight');

const desk = screen('text: Trash');
const slack = screen(
  'app: Slack',
  'title: general - Acme - Slack',
  'text: # general',
  'text: Good morning, the release is ready',
);
const article = screen(
  'app: Mozilla Firefox',
  'title: Markets - The Daily Ledger - Mozilla Firefox',
  'text: Slack rises as shares recover',
);
const failure = screen(
  'text: Payment failed',
  'text: Your card was declined',
  'ui: dialog Payment failed',
  'ui: button Try again',
);
const room = camera(0);

const local = matchEvent({ embedder: null, model: null });
const fits = async (prompt: string, now: NewScene, before: NewScene | null = null): Promise<boolean> =>
  (await local(prompt, now, before, signal)).matched;

describe('an event about a screen', () => {
  it('that opened Slack is Slack’s window, told with what was found, once', async () => {
    const event = 'User opened Slack application';
    const found = await local(event, slack, desk, signal);
    expect(found).toMatchObject({ matched: true, present: true, explanation: 'Found application "Slack", not there before.' });
    expect(found.confidence).toBeGreaterThan(0.9);
    expect(await local(event, slack, slack, signal)).toMatchObject({ matched: false, present: true });
    expect(await fits(event, article, desk)).toBe(false);
    expect(await fits(event, desk, slack)).toBe(false);
  });

  it.each([
    ['Slack is open', slack, article],
    ['User switches to Firefox', article, slack],
    ['"Payment failed" is shown', failure, slack],
    ['The word "declined" is on screen', failure, slack],
    ['The Try again button is visible', failure, slack],
    ['A payment dialog appears', failure, slack],
    ['An error is displayed', failure, slack],
    ['A chat application is open', slack, failure],
    ['Teams or Slack is open', slack, failure],
    ['The payment failed', failure, screen('text: 2 tests failed')],
    ['The news site mentions Slack', article, slack],
    ['No error is displayed', slack, failure],
    ['Slack is open but no error is visible', slack, failure],
    ['The release is ready', slack, failure],
    ['The screen is mostly white', slack, camera(0)],
    ['An error is displayed', screen('text: 3 errors, 1 warning'), screen('text: main 0 errors 2 warnings')],
  ])('%s', async (prompt, yes, no) => {
    expect(await fits(prompt, yes, desk)).toBe(true);
    expect(await fits(prompt, no, desk)).toBe(false);
  });

  it('that closed is one that was there before', async () => {
    expect(await fits('User closed Slack', desk, slack)).toBe(true);
    expect(await fits('User closed Slack', slack, slack)).toBe(false);
    expect(await fits('User closed Slack', desk, null)).toBe(false);
  });
});

describe('an event about a room', () => {
  it.each([
    ['More than two people are visible', camera(3), camera(2)],
    ['At least three people', camera(3), camera(2)],
    ['Exactly one person is visible', camera(1), camera(2)],
    ['Fewer than two people', camera(1), camera(2)],
    ['Nobody is at the desk', camera(0), camera(1)],
    ['No people are visible', camera(0), camera(1)],
    ['A dog is visible', camera(0, 'objects: 1 dog'), camera(0, 'objects: 1 cat')],
    ['An animal is visible', camera(0, 'objects: 1 cat'), camera(0, 'objects: 2 cup')],
    ['Two dogs and no people', camera(0, 'objects: 2 dog'), camera(1, 'objects: 2 dog')],
    ['Something moves', camera(0), screen()],
  ])('%s', async (prompt, yes, no) => {
    expect(await fits(prompt, yes)).toBe(true);
    expect(await fits(prompt, no)).toBe(false);
  });

  it('that enters or leaves is one more or one less than before', async () => {
    expect(await fits('A person enters the room', camera(1), room)).toBe(true);
    expect(await fits('A person enters the room', camera(2), camera(1))).toBe(true);
    expect(await fits('A person enters the room', camera(1), camera(1))).toBe(false);
    expect(await fits('A person leaves the room', camera(1), camera(2))).toBe(true);
    expect(await fits('A person leaves the room', room, camera(1))).toBe(true);
  });

  it('does not happen for what cannot be seen of it', async () => {
    expect(await fits('A person wearing a helmet', camera(1))).toBe(false);
    expect(await fits('Two people shaking hands', camera(2))).toBe(false);
    expect(await local('A person appears', scene('colours: red 90%'), null, signal)).toEqual({
      matched: false,
      confidence: 0,
      explanation: 'The scene does not tell of such things.',
    });
  });
});

describe('an event about speech', () => {
  const said = scene('I would like a refund, the chair from Northwind is broken.');
  it.each([
    ['Customer asks for a refund', true],
    ['Northwind is mentioned', true],
    ['Someone mentions a delivery', false],
    ['Slack is mentioned', false],
    ['No refund is mentioned', false],
  ])('%s: %s', async (prompt, expected) => {
    expect(await fits(prompt, said)).toBe(expected);
  });

  it('that almost fits by its words is decided by meaning, and names never are', async () => {
    const alike: Embedder = {
      name: 'alike',
      dimensions: 1,
      embed: (texts) => Promise.resolve(texts.map(() => Float32Array.of(1))),
      close: () => Promise.resolve(),
    };
    const supported = matchEvent({ embedder: alike, model: null });
    const prompt = 'Somebody asks about the price of chairs';
    expect(await fits(prompt, said)).toBe(false);
    expect((await supported(prompt, said, null, signal)).matched).toBe(true);
    expect((await supported('Slack is mentioned', said, null, signal)).matched).toBe(false);
  });
});

describe('where a model judges', () => {
  const answering = (...answers: (string | Error)[]) => {
    const answer = vi.fn(async function* (): AsyncGenerator<AnswerPart> {
      const said = answers.shift() ?? '';
      if (said instanceof Error) throw said;
      yield await Promise.resolve({ type: 'text' as const, text: said });
    });
    const model: Answering = {
      name: 'model',
      warm: () => Promise.resolve(),
      close: () => Promise.resolve(),
      limits: () => [],
      answer,
    };
    return { answer, match: matchEvent({ embedder: null, model, log: () => undefined }) };
  };
  const verdict: EventMatch = { matched: true, present: true, confidence: 0.7, explanation: 'The title says Slack.' };

  it('its verdict is taken, asked for once more when it is none', async () => {
    const { answer, match } = answering('Yes, it does.', `Here: ${JSON.stringify(verdict)}`);
    expect(await match('User opened Slack', slack, desk, signal)).toEqual(verdict);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['fails', new Error('no answer')],
    ['says nonsense twice', 'nonsense'],
  ])('what is known here decides when it %s', async (_, said) => {
    const { match } = answering(said, said);
    expect(await match('User opened Slack', slack, desk, signal)).toMatchObject({
      matched: true,
      explanation: expect.stringContaining('Slack') as string,
    });
  });
});
