import { describe, expect, it } from 'vitest';
import { produce } from '../../../../demo/server/realtime/production.ts';
import type { Piece } from '../../../../demo/server/realtime/production.ts';
import { sessionSpec } from '../../../../demo/server/realtime/response-input.ts';
import type { ResponseSpec } from '../../../../demo/server/realtime/response-input.ts';
import { defaultConfig } from '../../../../demo/server/realtime/session-config.ts';
import type { AnswerPart } from '../../../../demo/server/engines/engine.ts';
import { fakeEngines, WORD_MS } from '../../../support/fake-engines.ts';

const END: AnswerPart = { type: 'end', inputTokens: 1, outputTokens: 2, cut: false };

async function run(
  parts: readonly AnswerPart[],
  wish: Partial<ResponseSpec> = {},
  { language, speaks }: { readonly language?: string; readonly speaks?: readonly string[] } = {},
): Promise<{ pieces: Piece[]; engines: ReturnType<typeof fakeEngines> }> {
  const engines = fakeEngines(speaks === undefined ? {} : { speaks });
  engines.answerWith = async function* () {
    await Promise.resolve();
    yield* parts;
  };
  const pieces: Piece[] = [];
  const production = {
    engines,
    spec: { ...sessionSpec(defaultConfig('realtime', 'm', 'marin')), ...wish },
    turns: [],
    language,
    signal: new AbortController().signal,
    marks: { begun: null, worded: null, sounded: null },
  };
  for await (const piece of produce(production)) pieces.push(piece);
  return { pieces, engines };
}

const text = (words: string): AnswerPart => ({ type: 'text', text: words });
const kinds = (pieces: readonly Piece[]): string => [...new Set(pieces.map((piece) => piece.type))].join(' ');
const samples = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.type === 'sound' ? piece.pcm.length : 0), 0);

describe('produce', () => {
  it('speaks the first clause before the answer is whole', async () => {
    const engines = fakeEngines();
    let finished = false;
    engines.answerWith = async function* () {
      yield text('We are open on weekdays, ');
      await Promise.resolve();
      yield text('from nine to five.');
      finished = true;
      yield END;
    };
    const production = {
      engines,
      spec: sessionSpec(defaultConfig('realtime', 'm', 'marin')),
      turns: [],
      language: undefined,
      signal: new AbortController().signal,
      marks: { begun: null, worded: null, sounded: null },
    };
    for await (const piece of produce(production)) {
      if (piece.type !== 'sound') continue;
      expect(finished).toBe(false);
      return;
    }
  });

  it('words and sound belong together, at the rate of the format', async () => {
    const { pieces } = await run([text('One two three four. Five six.'), END]);
    expect(pieces.filter((piece) => piece.type === 'spoken').map((piece) => piece.text)).toEqual([
      'One two three four. ',
      'Five six.',
    ]);
    expect(samples(pieces)).toBe((6 * WORD_MS * 24000) / 1000);
    const slow = await run([text('One two three four. Five six.'), END], { format: { type: 'audio/pcmu' } });
    expect(samples(slow.pieces)).toBe((6 * WORD_MS * 8000) / 1000);
  });

  it('passes voice and speed on', async () => {
    const { engines, pieces } = await run([text('One two.'), END], { voice: 'alloy', speed: 0.5 });
    expect(engines.spoken).toEqual([{ text: 'One two.', voice: 'alloy', speed: 0.5 }]);
    expect(samples(pieces)).toBe((4 * WORD_MS * 24000) / 1000);
  });

  it('a text answer is not spoken', async () => {
    const { pieces, engines } = await run([text('One. Two.'), END], { modality: 'text' });
    expect(kinds(pieces)).toBe('text end');
    expect(engines.spoken).toEqual([]);
  });

  it('keeps to the token limit even if the engine does not', async () => {
    const { pieces } = await run([text('one two three four five six seven eight nine ten.'), END], {
      modality: 'text',
      maxOutputTokens: 4,
    });
    const said = pieces
      .filter((piece) => piece.type === 'text')
      .map((piece) => piece.text)
      .join('');
    expect(said).toBe('one two three');
    expect(pieces.at(-1)).toMatchObject({ type: 'end', cut: true });
  });

  it('calls nothing when tools are switched off, and once when calls may not be parallel', async () => {
    const call: AnswerPart = { type: 'tool-call', name: 'f', arguments: '{}' };
    expect(kinds((await run([call, END], { toolChoice: 'none' })).pieces)).toBe('end');
    const calls = async (parallelToolCalls: boolean): Promise<number> =>
      (await run([call, call, END], { parallelToolCalls })).pieces.filter((piece) => piece.type === 'tool-call').length;
    expect([await calls(true), await calls(false)]).toEqual([2, 1]);
  });

  it('is spoken in the language that the engine wrote, else in that of the conversation', async () => {
    const both: readonly AnswerPart[] = [
      { type: 'text', text: 'One two three four. ', language: 'en' },
      text('Uno dos tres.'),
      END,
    ];
    const { engines } = await run(both, {}, { language: 'es-MX', speaks: ['en', 'es'] });
    expect(engines.spoken).toMatchObject([{ language: 'en' }, { language: 'es-MX' }]);
  });

  it('fails by name in a language that is not spoken', async () => {
    const asked = run([text('Sind Sie noch da?'), END], {}, { language: 'de', speaks: ['en'] });
    await expect(asked).rejects.toMatchObject({ code: 'language_unsupported' });
  });

  it('does not try to speak what has no words in it', async () => {
    const { engines } = await run([text('… \n\n'), END]);
    expect(engines.spoken).toEqual([]);
  });
});
