import { join } from 'node:path';
import { noises } from '../support/noises.ts';
import { phrasesOf, readClips } from '../support/phrases.ts';
import { noise, rms } from '../support/signals.ts';
import { cheap, silero, type Contestant, type Word } from './vad/contestants.ts';

/**
 * `npm run prove:vad [folder of 16 kHz WAV files]`: misses, delays and false alarms of the page's voice detectors, on recorded speech (the
 * fixtures, or the given folder) with made noise, and with the echo of what is being played.
 */

const RATE = 16_000;
const folder = process.argv[2] ?? join(import.meta.dirname, '../fixtures/speech');
const clips = readClips(folder, RATE);
const phrases = clips.flatMap((clip) => phrasesOf(clip, RATE));

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? NaN;
const ms = (seconds: number): string => `${Math.round(seconds * 1000)}`.padStart(5);
const joined = (parts: readonly Float64Array[]): Float64Array => Float64Array.from(parts.flatMap((part) => [...part]));

/** 1 s of `floor`, the clip in it, 1 s more. */
function scene(clip: Float64Array, floor: Float64Array, floorGain: number): Float64Array {
  const out = new Float64Array(clip.length + 2 * RATE);
  for (let index = 0; index < out.length; index++) {
    out[index] = floor[index % floor.length]! * floorGain + (clip[index - RATE] ?? 0);
  }
  return out;
}

async function delays(
  contestant: Contestant,
  title: string,
  floorOf: (clip: Float64Array) => { floor: Float64Array; gain: number },
): Promise<void> {
  const first: number[] = [];
  const sure: number[] = [];
  let missed = 0;
  let early = 0;
  for (const { sound, onset } of phrases) {
    const { floor, gain } = floorOf(sound);
    const begin = 1 + onset;
    const words = await contestant.run(scene(sound, floor, gain));
    early += words.filter(({ type, at }) => type === 'speech' && at < begin - 0.1).length;
    const speech = words.find(({ type, at }) => type === 'speech' && at >= begin - 0.1);
    if (speech === undefined || speech.at > begin + 1) missed++;
    else {
      sure.push(speech.at - begin);
      first.push((words.find(({ type, at }) => type !== 'silence' && at >= begin - 0.1) ?? speech).at - begin);
    }
  }
  console.log(
    `  ${title.padEnd(24)} first hit p50/p90 ${ms(quantile(first, 0.5))} /${ms(quantile(first, 0.9))} ms · confirmed ${ms(quantile(sure, 0.5))} /${ms(quantile(sure, 0.9))} ms · missed ${missed} of ${phrases.length} · too early ${early}`,
  );
}

async function alarms(
  contestant: Contestant,
  title: string,
  sound: Float64Array,
  playback?: (at: number) => { playing: boolean; level: number },
): Promise<number> {
  const words = await contestant.run(sound, playback);
  const count = (type: Word['type']): number => words.filter((word) => word.type === type).length;
  console.log(
    `  ${title.padEnd(44)} ${(sound.length / RATE).toFixed(0).padStart(4)} s · ducked ${count('maybe')} · interrupted ${count('speech')}`,
  );
  return count('speech');
}

/** What the playback worklet tells: ten times a second the RMS of the last 100 ms. */
const told = (played: Float64Array) => (at: number) => {
  const end = Math.round(at * RATE);
  return { playing: true, level: end === 0 ? 0 : rms(played, Math.max(0, end - RATE / 10), end) };
};

function echo(played: Float64Array, gainDb: number, delayMs: number): Float64Array {
  const gain = 10 ** (gainDb / 20);
  const delay = Math.round((delayMs * RATE) / 1000);
  const room = noise(9);
  return played.map((_, index) => (played[index - delay] ?? 0) * gain + room() * 0.0005);
}

async function judge(contestant: Contestant): Promise<void> {
  console.log(`\n${contestant.name}`);
  const quiet = noises['white']!(RATE, 10);
  await delays(contestant, 'quiet room', () => ({ floor: quiet, gain: 0.001 }));
  for (const [name, make] of Object.entries(noises)) {
    const floor = make(RATE, 12);
    await delays(contestant, `${name}, 10 dB SNR`, (clip) => ({ floor, gain: rms(clip) / rms(floor) / 10 ** 0.5 }));
  }
  console.log('  nobody speaks, noise at −26 dBFS RMS or −6 dBFS peak:');
  for (const [name, make] of Object.entries(noises)) {
    const sound = make(RATE, 60);
    const gain = Math.min(0.05 / rms(sound), 0.5);
    await alarms(
      contestant,
      name,
      sound.map((sample) => sample * gain),
    );
  }
  console.log('  only the echo of what is played (complaint 1: no interruption at −20 dB):');
  const far = joined(clips);
  let own = 0;
  for (const delay of [20, 60, 200])
    own += await alarms(contestant, `−20 dB, ${delay} ms late`, echo(far, -20, delay), told(far));
  for (const gain of [-12, -6, -30]) await alarms(contestant, `${gain} dB, 60 ms late`, echo(far, gain, 60), told(far));
  console.log('  speech over an answer whose echo is −30 dB (a canceller at work), 4 s, 12 s and 20 s into it:');
  const over: number[] = [];
  let missed = 0;
  for (const start of [4, 12, 20]) {
    for (const phrase of phrases) {
      const played = Float64Array.from({ length: start * RATE + phrase.sound.length }, (_, index) => far[index % far.length]!);
      const sound = echo(played, -30, 60).map((sample, index) => sample + (phrase.sound[index - start * RATE] ?? 0));
      const begin = start + phrase.onset;
      const speech = (await contestant.run(sound, told(played))).find(({ type, at }) => type === 'speech' && at >= begin - 0.1);
      if (speech === undefined || speech.at > begin + 1) missed++;
      else over.push(speech.at - begin);
    }
  }
  console.log(
    `  confirmed p50/p90 ${ms(quantile(over, 0.5))} /${ms(quantile(over, 0.9))} ms · missed ${missed} of ${phrases.length * 3}`,
  );
  if (contestant === cheap && own > 0) process.exitCode = 1;
}

console.log(
  `${phrases.length} phrases of ${clips.length} clips, ${(joined(clips).length / RATE).toFixed(0)} s; delays count from the onset to the end of the frame that told`,
);
await judge(cheap);
const network = await silero();
if (network === null) console.log('\nSilero: not measured, its files are not to be had');
else {
  await judge(network);
  console.log(`  ${network.name}`);
}
