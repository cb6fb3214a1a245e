import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createGateway } from '../../demo/server/app.ts';
import { readConfig } from '../../demo/server/config.ts';
import { createEngines } from '../../demo/server/engines/engines.ts';
import type { Engines } from '../../demo/server/engines/engine.ts';
import { resampleWhole } from '../../demo/server/realtime/audio/resampler.ts';
import { connect, get } from '../gateway/client.ts';
import type { Client, Json } from '../gateway/client.ts';

/**
 * `npm run prove:latency [silence_duration_ms]`: thirty questions, spoken by the local voices in real time through a socket; how long from
 * the end of each to the first sound of its answer, and where the time goes. None of them was used to tune anything.
 */

const QUESTIONS = [
  'Do you deliver on Saturdays?',
  'How long do I have to send something back?',
  'What time do you open tomorrow morning?',
  'Can I pay with a gift card?',
  'How often should I water my tomatoes?',
  'When is the best time to prune roses?',
  'Is there a fee for bringing back old pots?',
  'Where can I collect my order?',
  'What does the plant promise cover?',
  'How do I join the garden club?',
  'Are there any workshops for children?',
  'My lawn has brown patches, what should I do?',
  'Which payment methods do you take?',
  'What happens if a plant dies after a month?',
  'Do gift cards run out?',
  'Can I change my delivery address?',
  'How do I make good compost?',
  'Is the shop open on public holidays?',
  'What data do you keep about me?',
  'How much does delivery cost?',
  'Can somebody help me to choose a tree?',
  'I lost my receipt, can I still return it?',
  'How do I reset my password?',
  'What is the warranty on garden tools?',
  'Why are the leaves of my tomato plant yellow?',
  'Do you have a phone number?',
  'When should I feed the lawn?',
  'Thank you, that was helpful.',
  'Could you tell me what you can do?',
  'Who won the football yesterday?',
];

const RATE = 16000;
const FRAME = RATE / 50;
const TARGET_MS = 320;

const sleepUntil = (at: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));

/** A voice in a quiet room: its sound at 16 kHz over a floor at about −65 dBFS, after 300 ms of the room alone. */
async function speakQuestion(engines: Engines, text: string, voice: string): Promise<Int16Array> {
  const chunks: Int16Array[] = [new Int16Array(0.3 * RATE)];
  for await (const chunk of engines.speak.speak(text, { voice, speed: 1, signal: AbortSignal.timeout(20_000) })) {
    chunks.push(resampleWhole(chunk.pcm, chunk.rate, RATE));
  }
  const pcm = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    pcm.set(chunk, at);
    at += chunk.length;
  }
  return pcm.map((sample) => sample + Math.round((Math.random() - 0.5) * 40));
}

/** The end of the last 10 ms that are within 35 dB of the loudest. */
function lastVoiced(pcm: Int16Array): number {
  const powers: number[] = [];
  for (let from = 0; from + 160 <= pcm.length; from += 160) {
    powers.push(pcm.slice(from, from + 160).reduce((sum, x) => sum + x * x, 0));
  }
  const limit = Math.max(...powers) / 10 ** 3.5;
  return (powers.findLastIndex((power) => power > limit) + 1) * 160;
}

interface Measured {
  readonly question: string;
  readonly heard: string;
  readonly voicedMs: number;
  readonly afterStopMs: number;
  readonly vadWaitMs: number;
  readonly recognitionMs: number;
  readonly answerMs: number;
  readonly synthesisMs: number;
  readonly gatewayMs: number;
  readonly guessed: boolean;
}

async function ask(client: Client, question: string, pcm: Int16Array): Promise<Measured> {
  const from = client.events.length;
  const arrivals = new Map<string, number>();
  const note = (): void => {
    for (const event of client.events.slice(from)) {
      const type = String(event['type']);
      if (!arrivals.has(type)) arrivals.set(type, performance.now());
    }
  };
  client.socket.on('message', note);
  const start = performance.now();
  let sent = 0;
  for (let at = 0; !arrivals.has('response.output_audio.delta') && at < pcm.length + 10 * RATE; at += FRAME) {
    const frame = new Int16Array(FRAME).map(() => Math.round((Math.random() - 0.5) * 40));
    frame.set(pcm.slice(at, at + FRAME));
    // A frame can be sent once its last sample was recorded.
    await sleepUntil(start + ((at + FRAME) * 1000) / RATE);
    client.send({ type: 'input_audio_buffer.append', audio: Buffer.from(frame.buffer).toString('base64') });
    sent = at + FRAME;
  }
  // Of what was said by then: a question with a long pause inside may be answered within it.
  const voicedAt = start + (lastVoiced(pcm.slice(0, sent)) * 1000) / RATE;
  const timing = await client.wait('viva.timing', undefined, from);
  client.socket.off('message', note);
  const words = await client.wait('conversation.item.input_audio_transcription.completed', undefined, from);
  client.send({ type: 'response.cancel' });
  await client.wait('response.done', undefined, from);
  const first = arrivals.get('response.output_audio.delta') ?? NaN;
  const number = (name: string): number => Number(get(timing, name) ?? 0);
  return {
    question,
    heard: String(words['transcript']),
    voicedMs: first - voicedAt,
    afterStopMs: first - (arrivals.get('input_audio_buffer.speech_stopped') ?? NaN),
    vadWaitMs: number('vad_wait_ms'),
    recognitionMs: number('recognition_ms'),
    answerMs: number('answer_ms'),
    synthesisMs: number('synthesis_ms'),
    gatewayMs: number('first_sound_ms'),
    guessed: get(timing, 'guessed') === true,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
const row = (name: string, values: readonly number[]): string =>
  `${name.padEnd(46)}${[mean(values), percentile(values, 0.5), percentile(values, 0.95)].map((value) => value.toFixed(0).padStart(8)).join('')}`;

const dataDir = mkdtempSync(join(tmpdir(), 'viva-latency-'));
const log = pino({ level: 'warn' }, pino.destination(2));
const config = readConfig({ ...process.env, DATA_DIR: process.env['DATA_DIR'] ?? dataDir, GATEWAY_API_KEY: 'latency' }, 0);
const engines = await createEngines(config, { log });
const gateway = await createGateway(config, engines, { log, site: false, streams: false });
await gateway.ready;
const url = await gateway.listen(0, '127.0.0.1');
const silence = Number(process.argv[2] ?? 500);

const client = await connect(url, { headers: { authorization: 'Bearer latency' } });
const session: Json = {
  type: 'realtime',
  include: ['viva.timing', 'viva.interim'],
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: RATE },
      transcription: { model: 'default' },
      turn_detection: { type: 'server_vad', silence_duration_ms: silence },
    },
  },
};
client.send({ type: 'session.update', session });
await client.wait('session.updated');

const results: Measured[] = [];
for (const [index, question] of QUESTIONS.entries()) {
  const voice = engines.speak.voices[index % engines.speak.voices.length]?.name ?? 'marin';
  const measured = await ask(client, question, await speakQuestion(engines, question, voice));
  results.push(measured);
  process.stdout.write(
    `${measured.voicedMs.toFixed(0).padStart(6)} ${measured.afterStopMs.toFixed(0).padStart(5)}  ${voice.padEnd(8)} ${measured.heard}\n`,
  );
}
await client.close();
await gateway.close();
rmSync(dataDir, { recursive: true, force: true });

const of = (pick: (measured: Measured) => number): readonly number[] => results.map(pick);
const lines = [
  '',
  `${results.length} questions, silence_duration_ms ${silence}, engines: ${engines.hear.name}, ${engines.answer.name}, ${engines.speak.name}`,
  `${'ms'.padEnd(46)}${['mean', 'p50', 'p95'].map((name) => name.padStart(8)).join('')}`,
  row(
    'last voiced sample → first sound',
    of((r) => r.voicedMs),
  ),
  row(
    'end of turn (speech_stopped) → first sound',
    of((r) => r.afterStopMs),
  ),
  'of which, or hidden in the wait for the end of the turn:',
  row(
    '  VAD wait (last voiced window → end of turn)',
    of((r) => r.vadWaitMs),
  ),
  row(
    '  recognition',
    of((r) => r.recognitionMs),
  ),
  row(
    '  answer (to its first clause)',
    of((r) => r.answerMs),
  ),
  row(
    '  synthesis (to its first sound)',
    of((r) => r.synthesisMs),
  ),
  row(
    '  gateway, end of turn → first sound sent',
    of((r) => r.gatewayMs),
  ),
  row(
    '  transport and framing (the rest)',
    of((r) => r.voicedMs - r.vadWaitMs - r.gatewayMs),
  ),
  `answers begun before the turn was over: ${results.filter((r) => r.guessed).length} of ${results.length}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
const reached = mean(of((r) => r.afterStopMs)) <= TARGET_MS;
process.stdout.write(`target: ≤ ${TARGET_MS} ms on average beyond the VAD window: ${reached ? 'met' : 'missed'}\n`);
process.exitCode = reached ? 0 : 1;
