import { toFile } from 'openai';
import type { Remote } from '../../config.ts';
import type { Heard, Hearing } from '../engine.ts';
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

export function openaiHearing(remote: Remote): Hearing {
  const connection = new Connection('hear', remote, 'gpt-4o-mini-transcribe');
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
      const { text } = await connection.run(
        options.signal,
        async (signal) =>
          connection.client.audio.transcriptions.create(
            {
              file: await toFile(wav(pcm, RATE), 'speech.wav', { type: 'audio/wav' }),
              model: connection.model,
              response_format: 'json',
              ...(language === undefined ? {} : { language }),
              ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
            },
            { signal },
          ),
        options.interim === true,
      );
      return { text: believable(text, samples, RATE), language: language ?? 'und' };
    },
  };
}
