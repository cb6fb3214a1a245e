import { BadRequestError, toFile } from 'openai';
import type { Remote } from '../../config.ts';
import type { Heard, HeardWord, Hearing } from '../engine.ts';
import { believable } from '../local/hear/believable.ts';
import { Connection } from './connection.ts';
import { wav } from './wav.ts';

/** Speech to text by `POST /audio/transcriptions`. */

const RATE = 16_000;

/** What Whisper and its successors are told to hear well (developers.openai.com, speech to text). */
const LANGUAGES = (
  'af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ne no fa pl pt ro ru sr sk sl es sw sv ' +
  'tl ta th tr uk ur vi cy'
).split(' ');

/** Models that tell when each word was said (developers.openai.com, speech to text, timestamps); whose server refuses to is asked once. */
const TIMED = /whisper/i;

interface Told {
  readonly text: string;
  readonly words?: readonly { readonly word: string; readonly start: number; readonly end: number }[];
}

export function openaiHearing(remote: Remote): Hearing {
  const connection = new Connection('hear', remote, 'gpt-4o-mini-transcribe');
  const { client, model } = connection;
  let isTimed = TIMED.test(model);
  return {
    name: connection.label,
    languages: LANGUAGES,
    warm: () => connection.warm(),
    close: () => connection.close(),
    transcribe: async (pcm, options): Promise<Heard> => {
      const language = options.language?.toLowerCase().split('-')[0];
      const samples = Float32Array.from(pcm, (sample) => sample / 32_768);
      // These models write "Thank you." under silence: it is not sent to them.
      if (believable('x', samples, RATE) === '') return { text: '', language: language ?? 'und' };
      const isInterim = options.interim === true;
      const told = await connection.run(
        options.signal,
        async (signal): Promise<Told> => {
          const order = {
            file: await toFile(wav(pcm, RATE), 'speech.wav', { type: 'audio/wav' }),
            model,
            ...(language === undefined ? {} : { language }),
            ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
          };
          if (isTimed && !isInterim) {
            try {
              return await client.audio.transcriptions.create(
                { ...order, response_format: 'verbose_json', timestamp_granularities: ['word'] },
                { signal },
              );
            } catch (cause) {
              if (!(cause instanceof BadRequestError)) throw cause;
              isTimed = false;
            }
          }
          return client.audio.transcriptions.create({ ...order, response_format: 'json' }, { signal });
        },
        isInterim,
      );
      const text = believable(told.text, samples, RATE);
      return { text, language: language ?? 'und', ...timedWords(text, told) };
    },
  };
}

/** With the text's own writing; not where it was cut or is written in other words. */
function timedWords(text: string, { words = [] }: Told): { readonly words?: readonly HeardWord[] } {
  const written = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || words.length !== written.length) return {};
  return {
    words: words.map(({ start, end }, index) => ({
      text: written[index] ?? '',
      startMs: Math.round(1000 * start),
      endMs: Math.round(1000 * end),
    })),
  };
}
