import { EngineBusyError, EngineFailedError } from '../../demo/server/engines/engine.ts';
import type {
  AnswerPart,
  AnswerRequest,
  Engine,
  Engines,
  Heard,
  LanguagePair,
  SpokenChunk,
} from '../../demo/server/engines/engine.ts';

/**
 * Engines without weights that are honest about sound: voice activity by energy, words by the pitch of a tone, speech as a tone of the
 * right length. Tests say what is "spoken" by making a tone: `speech(0)` is heard as `script[0]`.
 */

const VOICES = ['marin', 'cedar', 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse'];

const FIRST_HZ = 300;
const STEP_HZ = 100;
/** ms that one word takes. */
export const WORD_MS = 250;
const SPEAK_RATE = 22050;

export interface FakeOptions {
  /** What each pitch is heard as. */
  readonly script?: readonly string[];
  /** ms each role takes. */
  readonly hearMs?: number;
  readonly answerMs?: number;
  readonly speakMs?: number;
  readonly activityMs?: number;
  readonly translateMs?: number;
  /** Languages that are heard; default English alone. */
  readonly languages?: readonly string[];
  /** The language of each entry of `script`; default the first of `languages`. */
  readonly spokenIn?: readonly string[];
  /** Pairs that can be translated, null = any; default: nothing translates. */
  readonly pairs?: readonly LanguagePair[] | null;
  /** Languages that can be spoken. */
  readonly speaks?: readonly string[];
}

type FakeRole = 'hear' | 'answer' | 'speak' | 'activity' | 'translate';

export interface FakeEngines extends Engines {
  /** What was asked of the answering engine. */
  readonly asked: AnswerRequest[];
  readonly heard: { readonly samples: number; readonly interim: boolean; readonly pcm: Int16Array }[];
  readonly spoken: { readonly text: string; readonly voice: string; readonly speed: number; readonly language?: string }[];
  readonly translated: { readonly text: string; readonly from: string; readonly to: string; readonly interim: boolean }[];
  /** Sound that is being heard right now, and the most there was at once. */
  readonly load: { now: number; most: number };
  /** The answer to the next requests; default: an echo of the last user turn. */
  answerWith: ((request: AnswerRequest) => AsyncIterable<AnswerPart>) | null;
  /** Roles that fail the next call. */
  readonly fail: Map<FakeRole, 'busy' | 'failed'>;
}

const after = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    });
  });

/** A tone; `rate` in Hz. */
function tone(hz: number, ms: number, rate = 16000, level = 8000): Int16Array {
  return Int16Array.from({ length: Math.round((ms * rate) / 1000) }, (_, i) =>
    Math.round(level * Math.sin((2 * Math.PI * hz * i) / rate)),
  );
}

/** What is heard as `script[index]`, long enough for its words. */
export const speech = (index: number, ms: number, rate = 16000): Int16Array => tone(FIRST_HZ + STEP_HZ * index, ms, rate);

export const silence = (ms: number, rate = 16000): Int16Array => new Int16Array(Math.round((ms * rate) / 1000));

const power = (pcm: Int16Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (pcm[i] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
};

/** Pitch of the loud part by its zero crossings, and how long that part is. */
function listen(pcm: Int16Array): { readonly hz: number; readonly voicedMs: number } {
  let crossings = 0;
  let voiced = 0;
  for (let from = 0; from + 160 <= pcm.length; from += 160) {
    if (power(pcm, from, from + 160) < 500) continue;
    voiced += 160;
    for (let i = Math.max(1, from); i < from + 160; i++) if ((pcm[i - 1] ?? 0) < 0 !== (pcm[i] ?? 0) < 0) crossings++;
  }
  return { hz: voiced === 0 ? 0 : (crossings / 2 / voiced) * 16000, voicedMs: voiced / 16 };
}

const ready = (name: string): Engine => ({
  name: `${name} (fake)`,
  warm: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

export function fakeEngines(options: FakeOptions = {}): FakeEngines {
  const {
    script = ['what are your opening hours?', 'thank you very much.'],
    hearMs = 5,
    answerMs = 5,
    speakMs = 5,
    activityMs = 0,
    translateMs = 5,
    languages = ['en'],
    spokenIn = [],
    pairs,
    speaks,
  } = options;
  const asked: AnswerRequest[] = [];
  const heard: FakeEngines['heard'][number][] = [];
  const spoken: FakeEngines['spoken'][number][] = [];
  const translated: FakeEngines['translated'][number][] = [];
  const load = { now: 0, most: 0 };
  const fail: FakeEngines['fail'] = new Map();

  const stumble = (role: FakeRole): void => {
    const how = fail.get(role);
    fail.delete(role);
    if (how === 'busy') throw new EngineBusyError(`${role} is busy`);
    if (how === 'failed') throw new EngineFailedError(`${role} failed`);
  };

  const engines: FakeEngines = {
    asked,
    heard,
    spoken,
    translated,
    load,
    fail,
    answerWith: null,
    hear: {
      ...ready('ear'),
      languages,
      async transcribe(pcm, { interim = false, language: asked, among, signal }): Promise<Heard> {
        heard.push({ samples: pcm.length, interim, pcm });
        load.most = Math.max(load.most, ++load.now);
        await after(hearMs, signal).finally(() => load.now--);
        if (!interim) stumble('hear');
        const { hz, voicedMs } = listen(pcm);
        const index = Math.round((hz - FIRST_HZ) / STEP_HZ);
        const words = (script[index] ?? '').split(' ');
        // Told to choose, it knows; told one language, it believes.
        const language = among === undefined ? asked?.split('-')[0] : spokenIn[index];
        return {
          text: voicedMs < 60 ? '' : (interim ? words.slice(0, Math.floor(voicedMs / WORD_MS)) : words).join(' '),
          language: language ?? languages[0] ?? 'en',
        };
      },
    },
    activity: {
      ...ready('activity'),
      open() {
        let rest = new Int16Array(0);
        return {
          async push(pcm) {
            await (activityMs === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, activityMs)));
            stumble('activity');
            const all = new Int16Array(rest.length + pcm.length);
            all.set(rest);
            all.set(pcm, rest.length);
            const windows = Math.floor(all.length / 512);
            rest = all.slice(windows * 512);
            return Float32Array.from({ length: windows }, (_, i) => (power(all, i * 512, i * 512 + 512) > 1000 ? 0.9 : 0.05));
          },
          reset: () => (rest = new Int16Array(0)),
          close: () => undefined,
        };
      },
    },
    speak: {
      ...ready('mouth'),
      voices: VOICES.map((name) => ({ name })),
      ...(speaks === undefined ? {} : { languages: speaks }),
      async *speak(text, { voice, speed, language, signal }): AsyncGenerator<SpokenChunk> {
        spoken.push({ text, voice, speed, ...(language === undefined ? {} : { language }) });
        await after(speakMs, signal);
        stumble('speak');
        const ms = (text.split(/\s+/).length * WORD_MS) / speed;
        const pcm = tone(400 + 40 * VOICES.indexOf(voice), ms, SPEAK_RATE);
        for (let from = 0; from < pcm.length; from += 4410) {
          signal.throwIfAborted();
          yield { pcm: pcm.slice(from, from + 4410), rate: SPEAK_RATE };
          await Promise.resolve();
        }
      },
    },
    ...(pairs === undefined
      ? {}
      : {
          translate: {
            ...ready('tongue'),
            pairs,
            quality: 'rough' as const,
            /** As `es(hello)`. */
            async translate(text, { from, to, interim = false, signal }) {
              translated.push({ text, from, to, interim });
              await after(translateMs, signal);
              if (!interim) stumble('translate');
              return `${to}(${text})`;
            },
          },
        }),
    see: {
      ...ready('eye'),
      look: () => Promise.resolve({ text: [], people: { count: 0, confidence: 1 }, objects: [], colours: [], brightness: 128 }),
    },
    answer: {
      ...ready('brain'),
      limits: (instructions) => (/pirate/i.test(instructions) ? ['It cannot speak like a pirate.'] : []),
      async *answer(request): AsyncGenerator<AnswerPart> {
        asked.push(request);
        await after(answerMs, request.signal);
        stumble('answer');
        if (engines.answerWith !== null) {
          yield* engines.answerWith(request);
          return;
        }
        const said = request.turns.findLast((turn) => turn.role === 'user');
        yield { type: 'text', text: `You said: ${said?.role === 'user' ? said.text : 'nothing'}` };
        yield { type: 'end', inputTokens: 10, outputTokens: 8, cut: false };
      },
    },
  };
  return engines;
}
