import { from, lastValueFrom, Subject, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { AnswerPart, AnswerRequest } from '../../../../demo/server/engines/engine.ts';
import { audioIndex } from '../../../../demo/server/rtstream/audio/audio-index.ts';
import type { AudioIndexDeps, AudioIndexRow } from '../../../../demo/server/rtstream/audio/audio-index.ts';
import type { NewScene } from '../../../../demo/server/rtstream/scene.ts';
import type { TranscriptEvent } from '../../../../demo/server/rtstream/transcript/transcript-event.ts';
import { fakeEngines } from '../../../support/fake-engines.ts';
import { line } from './lines.ts';

const MEETING = [
  'Good morning everybody.',
  'The budget for the marketing campaign is forty thousand dollars.',
  'We decided to move the launch of the campaign to Friday.',
  'Anna will send the campaign budget to the finance team by Thursday.',
  'Is the landing page ready?',
  'There is a problem with the payment form, it crashes on phones.',
  'It rained a lot in Madrid last night.',
];
const events = (sentences: readonly string[] = MEETING): readonly TranscriptEvent[] =>
  sentences.map((text, at) => line(text, at * 5000, at * 5000 + 4000));

const local: AudioIndexDeps = { model: null, embedder: null };
const row = (prompt: string, value = 7, model_name: string | null = null): AudioIndexRow => ({
  prompt,
  model_name,
  extraction_config: { segmenter: 'sentence', segmentation_value: String(value) },
});
const scenes = (index: AudioIndexRow, deps: AudioIndexDeps = local, all = events()): Promise<readonly NewScene[]> =>
  lastValueFrom(audioIndex(index, from(all), deps).pipe(toArray()), { defaultValue: [] });
const one = async (prompt: string, model_name: string | null = null): Promise<NewScene> => {
  const [scene] = await scenes(row(prompt, 7, model_name));
  if (scene === undefined) throw new Error('no scene');
  return scene;
};

describe('audioIndex without a model', () => {
  it('quotes what most of it is about, and says who speaks, how deep, and of how much', async () => {
    const scene = await one('Summarize what is being discussed');
    const quoted = scene.text.split(/(?<=[.?]) /);
    expect(quoted).toHaveLength(2);
    for (const sentence of quoted) expect(MEETING).toContain(sentence);
    expect(scene.text).toMatch(/campaign/);
    expect(scene.text).not.toMatch(/rained|Good morning/);
    expect(scene.metadata).toMatchObject({ engine: 'extractive (local)', tier: 'basic', sentences: 7, language: 'en' });
    expect(scene.metadata['words']).toBe(MEETING.join(' ').split(' ').length);
    expect(scene.evidence).toBe(MEETING.join(' '));
    expect(scene.data).toBeNull();
    expect([scene.startMs, scene.endMs]).toEqual([0, 34_000]);
  });

  it.each([
    ['List all action items', /^Anna will send .* Thursday\.$/],
    ['What decisions were made?', /^We decided to move the launch .*Friday\.$/],
    ['Extract questions that were asked', /^Is the landing page ready\?$/],
    ['Report any problems or complaints', /^There is a problem with the payment form/],
    ['Note mentions of finance', /^Anna will send/],
    ['Track mentions of pricing and budget', /budget/],
  ])('is about what the prompt is about: %s', async (prompt, expected) => {
    const scene = await one(prompt, 'mini');
    expect(scene.text).toMatch(expected);
    expect(scene.metadata).not.toHaveProperty('matched');
  });

  it('says that nothing was what the prompt asks for', async () => {
    const scene = await one('Report every mention of elephants');
    expect(scene.metadata).toMatchObject({ matched: false });
    expect(scene.text).not.toBe('');
  });

  it('finds by meaning, in the deeper tiers, what none of the words names', async () => {
    const embedder = {
      embed: (texts: readonly string[]) =>
        Promise.resolve(texts.map((text) => Float32Array.from(/rain|weather/.test(text) ? [1, 0] : [0, 1]))),
    };
    const prompt = 'Note mentions of the weather';
    const [deep] = await scenes(row(prompt, 7, 'pro'), { model: null, embedder });
    expect(deep?.text).toBe(MEETING[6]);
    expect(deep?.metadata).not.toHaveProperty('matched');
    const [shallow] = await scenes(row(prompt, 7, 'basic'), { model: null, embedder });
    expect(shallow?.metadata).toMatchObject({ matched: false });
    const failures: unknown[] = [];
    const broken = { embed: () => Promise.reject(new Error('busy')) };
    const [left] = await scenes(row(prompt, 7, 'pro'), {
      model: null,
      embedder: broken,
      onFailure: (cause) => failures.push(cause),
    });
    expect([left?.metadata['matched'], failures.length]).toEqual([false, 1]);
  });

  it('has four depths, from one sentence to five with keywords', async () => {
    const counts = await Promise.all(
      ['mini', 'basic', 'pro', 'ultra'].map(async (tier) => (await one('Summarize', tier)).text.split(/(?<=[.?]) /).length),
    );
    expect(counts).toEqual([1, 2, 3, 5]);
    expect((await one('Summarize', 'ultra')).metadata['keywords']).toEqual(expect.arrayContaining(['campaign', 'budget']));
    expect((await one('Summarize', 'basic')).metadata).not.toHaveProperty('keywords');
  });

  it('answers a prompt for JSON with the keys it asks for, null for what words do not tell', async () => {
    const scene = await one(`Analyze the call and return JSON:
      {
        "summary": "one line",
        "topics": ["main topics"],
        "action_items": ["list of tasks"],
        "decisions": ["decisions made"],
        "questions": ["open questions"],
        "sentiment": "positive/negative/neutral",
        "speaker_count": number,
        "mentions_pricing": true/false,
        "mentions_dragons": true/false,
        "word_count": number,
        "language": "code",
        "customer_name": "who is speaking"
      }
      Return only valid JSON.`);
    expect(JSON.parse(scene.text)).toEqual(scene.data);
    expect(scene.data).toMatchObject({
      action_items: [MEETING[3]],
      decisions: [MEETING[2]],
      questions: [MEETING[4]],
      sentiment: null,
      speaker_count: null,
      mentions_dragons: false,
      language: 'en',
      word_count: scene.metadata['words'],
    });
    const data = scene.data as Readonly<Record<string, unknown>>;
    expect(Object.keys(data)).toHaveLength(12);
    expect(data['topics']).toEqual(expect.arrayContaining(['campaign', 'budget']));
    expect(MEETING).toContain(String(data['summary']).split(/(?<=[.?]) /)[0]);
  });

  it('tells the last window as far as it came when the stream ends', async () => {
    expect((await scenes(row('Summarize', 3))).map(({ metadata }) => metadata['sentences'])).toEqual([3, 3, 1]);
    expect(await scenes(row('Summarize', 3), local, [])).toEqual([]);
  });
});

describe('audioIndex with a model', () => {
  const answers = (reply: (request: AnswerRequest) => string) => {
    const engines = fakeEngines({ answerMs: 0 });
    engines.answerWith = async function* (request): AsyncGenerator<AnswerPart> {
      yield { type: 'text', text: await Promise.resolve(reply(request)) };
    };
    return engines;
  };

  it('asks it, with the prompt and the words', async () => {
    const engines = answers(() => 'They plan a campaign. ');
    const [scene] = await scenes(row('Summarize in French', 7, 'pro'), { model: engines.answer, embedder: null });
    expect(scene).toMatchObject({
      text: 'They plan a campaign.',
      metadata: { engine: 'brain (fake)', tier: 'pro', sentences: 7 },
    });
    expect(engines.asked[0]?.instructions).toContain('Summarize in French');
    expect(engines.asked[0]?.turns).toMatchObject([{ role: 'user', text: MEETING.join(' ') }]);
    expect(scene?.evidence).toContain(MEETING[6]);
  });

  it('brings its JSON into the asked shape', async () => {
    const engines = answers(() => 'Sure! ```json\n{"mood": "calm", "loud": "yes", "more": 1}\n```');
    const [scene] = await scenes(row('Return JSON {"mood": "text", "loud": true/false, "who": "name"}'), {
      model: engines.answer,
      embedder: null,
    });
    expect(scene?.data).toEqual({ mood: 'calm', loud: true, who: null });
  });

  it('quotes when it fails or talks past the question, and tells of it', async () => {
    const failures: unknown[] = [];
    const engines = answers(() => 'I cannot do that.');
    const deps = { model: engines.answer, embedder: null, onFailure: (cause: unknown) => failures.push(cause) };
    const [scene] = await scenes(row('Return JSON {"summary": "text"}'), deps);
    expect(scene?.metadata['engine']).toBe('extractive (local)');
    engines.fail.set('answer', 'failed');
    const [other] = await scenes(row('Summarize'), deps);
    expect(other?.metadata['engine']).toBe('extractive (local)');
    expect(failures).toHaveLength(2);
  });

  it('keeps scenes in order, and does not pile up windows behind a slow one', async () => {
    let open = (): void => undefined;
    const slow = new Promise<void>((resolve) => (open = resolve));
    const engines = fakeEngines({ answerMs: 0 });
    engines.answerWith = async function* (): AsyncGenerator<AnswerPart> {
      await slow;
      yield { type: 'text', text: 'told' };
    };
    const events$ = new Subject<TranscriptEvent>();
    const all = lastValueFrom(
      audioIndex(row('Summarize', 1), events$, { model: engines.answer, embedder: null }).pipe(toArray()),
    );
    for (let at = 0; at < 20; at++) events$.next(line(`sentence number ${String(at)}`, at * 1000, at * 1000 + 500));
    events$.complete();
    open();
    const told = await all;
    expect(told.map(({ startMs }) => startMs)).toEqual(Array.from({ length: 20 }, (_, at) => at * 1000));
    expect(engines.asked).toHaveLength(8);
  });

  it('is given up when nobody listens any more', async () => {
    const engines = fakeEngines({ answerMs: 10_000 });
    const events$ = new Subject<TranscriptEvent>();
    const told: NewScene[] = [];
    const failures: unknown[] = [];
    const subscription = audioIndex(row('Summarize', 1), events$, {
      model: engines.answer,
      embedder: null,
      onFailure: (cause) => failures.push(cause),
    }).subscribe((scene) => told.push(scene));
    events$.next(line('hello there', 0, 500));
    subscription.unsubscribe();
    await expect.poll(() => engines.asked[0]?.signal.aborted).toBe(true);
    await Promise.resolve();
    expect([told, failures]).toEqual([[], []]);
  });
});
