import { firstValueFrom, interval, map, take, toArray } from 'rxjs';
import { acquireContext, unlock } from '../../../src/audio/context.ts';
import { withSilero } from '../../../src/audio/silero.ts';
import { workletUrl } from '../../../src/audio/worklet-urls.ts';
import { openOurs, recorders, recordMedia } from './clients.ts';
import type { Barged, Bench, Captured, FromHost, Pieces, PiecesText, Played, ToHost } from './messages.ts';
import { openTapped, players } from './players.ts';

/** What the bench calls in the browser. */

declare global {
  interface Window {
    bench: Bench;
  }
  /** Chromium's. */
  class MediaStreamTrackProcessor {
    constructor(options: { readonly track: MediaStreamTrack });
    readonly readable: ReadableStream<AudioData>;
  }
}

const now = (): number => performance.timeOrigin + performance.now();
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function text({ arrivals, counts, pcm }: Pieces): PiecesText {
  const bytes = new Uint8Array(pcm.buffer);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { arrivals, counts, base64: btoa(binary) };
}

/** The fake microphone without processing: the file's samples as they are. */
const openTrack = async (): Promise<MediaStreamTrack> => {
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: plain })).getAudioTracks();
  if (track === undefined) throw new Error('no microphone');
  return track;
};

interface Host {
  send(message: ToHost, transfer: Transferable[]): void;
  collect(): Promise<FromHost>;
}

function startHost(): Host {
  const worker = new Worker(new URL('./host.worker.ts', import.meta.url), { type: 'module' });
  const send = (message: ToHost, transfer: Transferable[]): void => {
    worker.postMessage(message, transfer);
  };
  return {
    send,
    collect: () =>
      new Promise((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<FromHost>) => {
          worker.terminate();
          resolve(data);
        };
        send({ type: 'collect' }, []);
      }),
  };
}

function follow(track: MediaStreamTrack, host: Host): void {
  const { readable } = new MediaStreamTrackProcessor({ track: track.clone() });
  host.send({ type: 'reference', readable }, [readable]);
}

/** Takes `blockMs` of the main thread every 2 s, as busy pages do. */
function blockMain(blockMs: number): () => void {
  if (blockMs === 0) return () => undefined;
  const timer = setInterval(() => {
    for (const end = performance.now() + blockMs; performance.now() < end;);
  }, 2_000);
  return () => {
    clearInterval(timer);
  };
}

async function capture({ client, seconds, warmUpMs, blockMs, rate }: Parameters<Bench['capture']>[0]): Promise<Captured> {
  const track = await openTrack();
  const host = startHost();
  follow(track, host);
  const stream = (): MediaStream => new MediaStream([track.clone()]);
  // Clients that open the microphone themselves get the same track.
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(stream());
  const arrivals: number[] = [];
  const parts: Int16Array[] = [];
  let stop: () => void = () => undefined;
  let media: (() => Promise<Pieces>) | null = null;
  if (client === 'mediarecorder') media = recordMedia(stream(), rate);
  else if (client === 'ours-worker') {
    const ours = await openOurs(stream(), rate);
    host.send({ type: 'frames', port: ours.capture.port }, [ours.capture.port]);
    stop = ours.stop;
  } else {
    const recorder = recorders[client];
    if (recorder === undefined) throw new Error(`no client ${client}`);
    stop = await recorder(stream(), rate, (pcm) => {
      arrivals.push(now());
      parts.push(pcm.slice());
    });
  }
  await wait(warmUpMs);
  const free = blockMain(blockMs);
  await wait(seconds * 1000);
  free();
  await wait(300);
  const recorded = await media?.();
  const { frames, reference } = await host.collect();
  stop();
  const pcm = Int16Array.from(parts.flatMap((part) => [...part]));
  const pieces = { arrivals, counts: parts.map(({ length }) => length), pcm };
  const own = recorded ?? (client === 'ours-worker' ? frames : pieces);
  return { rate, client: text(own), trackRate: track.getSettings().sampleRate ?? 44_100, reference: text(reference) };
}

const noise = (rate: number, seconds: number): Int16Array<ArrayBuffer> =>
  Int16Array.from({ length: rate * seconds }, () => Math.round((Math.random() - 0.5) * 20_000));

async function play({ client, rounds, rate }: Parameters<Bench['play']>[0]): Promise<readonly Played[]> {
  const create = players[client];
  if (create === undefined) throw new Error(`no client ${client}`);
  const player = await create(rate);
  const told: { sounding: boolean; at: number }[] = [];
  player.tap.onmessage = ({ data }: MessageEvent<{ sounding: boolean; at: number }>) => void told.push(data);
  const next = async (sounding: boolean, after: number): Promise<number> => {
    for (let tries = 0; tries < 500; tries++) {
      const found = told.find((one) => one.sounding === sounding && one.at >= after - 0.01);
      if (found !== undefined) return found.at;
      await wait(10);
    }
    return NaN;
  };
  const played: Played[] = [];
  await wait(500);
  for (let round = 0; round < rounds; round++) {
    told.length = 0;
    const playTime = player.context.currentTime;
    const playAt = now();
    player.play(noise(rate, 6));
    const started = await next(true, playTime);
    await wait(500 + Math.random() * 200);
    const flushTime = player.context.currentTime;
    const flushAt = now();
    player.flush();
    const silent = await next(false, flushTime);
    played.push({ playAt, flushAt, startMs: (started - playTime) * 1000, silentMs: (silent - flushTime) * 1000 });
    // ElevenLabs goes on with its interruption for 2 s.
    await wait(2_200);
  }
  player.stop();
  // The first one also wakes the output up.
  return played.slice(1);
}

async function barge({ seconds, answer }: Parameters<Bench['barge']>[0]): Promise<Barged> {
  const spoken = new Int16Array(await (await fetch(answer)).arrayBuffer());
  const track = await openTrack();
  const host = startHost();
  follow(track, host);
  const ours = await openOurs(new MediaStream([track.clone()]), 16_000);
  const { context, tap, port, stop } = await openTapped();
  const silences: { renderedAt: number; heardAt: number }[] = [];
  tap.onmessage = ({ data }: MessageEvent<{ sounding: boolean; at: number }>) => {
    if (data.sounding) return;
    const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
    silences.push({
      renderedAt: now() - (context.currentTime - data.at) * 1000,
      heardAt: performance.timeOrigin + performanceTime + (data.at - contextTime) * 1000,
    });
  };
  host.send({ type: 'barge', frames: ours.capture.port, playback: port, answer: spoken }, [ours.capture.port, port]);
  await wait(seconds * 1000);
  const { reference, heard } = await host.collect();
  ours.stop();
  stop();
  return { trackRate: track.getSettings().sampleRate ?? 44_100, reference: text(reference), heard, silences };
}

/** Frames and sound on a page with a strict policy, and what the policy had to complain of. */
async function strict(): ReturnType<Bench['strict']> {
  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  const track = await openTrack();
  const ours = await openOurs(new MediaStream([track]), 16_000);
  let frames = 0;
  ours.capture.port.onmessage = () => frames++;
  const { port, stop } = await openTapped();
  let played = false;
  port.onmessage = ({ data }: MessageEvent<{ type: string }>) => {
    played ||= data.type === 'finished';
  };
  port.postMessage({ type: 'play', itemId: 'a', contentIndex: 0, rate: 24_000, pcm: noise(24_000, 1).buffer });
  port.postMessage({ type: 'end', itemId: 'a' });
  await wait(2_000);
  ours.stop();
  stop();
  track.stop();
  return { frames, played, violations };
}

/** The worst alias of a context at 16 kHz fed from a graph at 48 kHz, dB. */
async function alias(): Promise<number> {
  const from = new AudioContext({ sampleRate: 48_000 });
  const to = new AudioContext({ sampleRate: 16_000 });
  await Promise.all([from.resume(), to.resume()]);
  const tone = new OscillatorNode(from);
  const out = new MediaStreamAudioDestinationNode(from, { channelCount: 1 });
  tone.connect(out);
  tone.start();
  const analyser = new AnalyserNode(to, { fftSize: 4_096 });
  to.createMediaStreamSource(out.stream).connect(analyser);
  const level = async (frequency: number): Promise<number> => {
    tone.frequency.value = frequency;
    await wait(600);
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  };
  const whole = await level(1_000);
  let worst = 0;
  for (const frequency of [8_500, 8_700, 9_000, 9_500, 10_000, 12_000, 15_000, 17_000, 20_000, 23_000]) {
    worst = Math.max(worst, await level(frequency));
  }
  await Promise.all([from.close(), to.close()]);
  return 20 * Math.log10(worst / whole);
}

/** Records on and on; what is recorded is thrown away. */
async function record({ client }: Parameters<Bench['record']>[0]): Promise<void> {
  const track = await openTrack();
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([track.clone()]));
  const recorder = recorders[client];
  if (recorder === undefined) throw new Error(`no client ${client}`);
  await new Promise<void>((resolve, reject) => {
    recorder(new MediaStream([track.clone()]), 16_000, () => {
      resolve();
    }).catch(reject);
  });
}

/** Frames from a flush at a known frame to the last sound, in an OfflineAudioContext. */
async function flushOffline(): Promise<number> {
  const rate = 48_000;
  const at = 24_064;
  const context = new OfflineAudioContext({ length: rate, sampleRate: rate });
  await context.audioWorklet.addModule(workletUrl('playback', {}));
  const node = new AudioWorkletNode(context, 'viva-playback', { numberOfInputs: 0, outputChannelCount: [1] });
  node.connect(context.destination);
  const { port1, port2 } = new MessageChannel();
  node.port.postMessage({ type: 'connect', port: port2 }, [port2]);
  const flush = (): Promise<unknown> =>
    new Promise((resolve) => {
      port1.onmessage = resolve;
      port1.postMessage({ type: 'flush', id: 1 });
    });
  await flush();
  port1.postMessage({ type: 'play', itemId: 'a', contentIndex: 0, rate: 24_000, pcm: noise(24_000, 2).buffer });
  void context.suspend(at / rate).then(async () => {
    await flush();
    await context.resume();
  });
  const rendered = await context.startRendering();
  return rendered.getChannelData(0).findLastIndex((sample) => sample !== 0) - at;
}

/** Loads Silero from a folder of the site and lets it judge 25 s of speech. */
async function silero({ folder }: Parameters<Bench['silero']>[0]): ReturnType<Bench['silero']> {
  const sound = new Int16Array(await (await fetch('answer.pcm')).arrayBuffer());
  const all = Array.from({ length: Math.floor(sound.length / 320) }, (_, index) => ({
    pcm: sound.slice(index * 320, index * 320 + 320),
  }));
  // As a microphone gives them, ten times as fast.
  const frames$ = interval(2).pipe(
    take(all.length),
    map((index) => all[index] ?? { pcm: new Int16Array(320) }),
  );
  const judged = await firstValueFrom(frames$.pipe(withSilero(new URL(folder, document.baseURI).href, 16_000), toArray()));
  const probabilities = judged.flatMap(({ probability }) => (probability === undefined ? [] : [probability]));
  return { judged: probabilities.length, speech: probabilities.filter((one) => one >= 0.5).length };
}

/** Goertzel: the phase of a tone in `count` samples, in turns. */
function phase(pcm: Int16Array, from: number, count: number, frequency: number, rate: number): number {
  let [real, imaginary] = [0, 0];
  for (let index = from; index < from + count; index++) {
    const angle = (2 * Math.PI * frequency * index) / rate;
    real += (pcm[index] ?? 0) * Math.cos(angle);
    imaginary -= (pcm[index] ?? 0) * Math.sin(angle);
  }
  return Math.atan2(imaginary, real) / (2 * Math.PI);
}

/** How far our rate is off the context's clock, ppm, by the phase of a tone; and that the microphone delivers. */
async function rate(): ReturnType<Bench['rate']> {
  const [frequency, target, seconds] = [1_000, 16_000, 6];
  const contexts: AudioContext[] = [];
  const hold = acquireContext().subscribe((context) => contexts.push(context));
  const [context] = contexts;
  if (context === undefined) throw new Error('no context');
  await unlock();
  const tone = new OscillatorNode(context, { frequency });
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  tone.connect(out);
  tone.start();
  const record = async (stream: MediaStream, wanted: number): Promise<Int16Array> => {
    const parts: number[] = [];
    const { capture: opened, stop } = await openOurs(stream, target);
    opened.port.onmessage = ({ data }: MessageEvent<{ readonly pcm: ArrayBuffer }>) =>
      void parts.push(...new Int16Array(data.pcm));
    for (let tries = 0; tries < 200 && parts.length < wanted * target; tries++) await wait(100);
    stop();
    return Int16Array.from(parts);
  };
  const pcm = await record(out.stream, seconds + 1);
  const [first, last] = [
    phase(pcm, target, target / 2, frequency, target),
    phase(pcm, (seconds - 0.5) * target, target / 2, frequency, target),
  ];
  const drift = ((last - first + 1.5) % 1) - 0.5;
  const microphone = await record(await navigator.mediaDevices.getUserMedia({ audio: true }), 2);
  hold.unsubscribe();
  return {
    ppm: (drift / ((seconds - 1.5) * frequency)) * 1e6,
    contextRate: context.sampleRate,
    frames: Math.floor(microphone.length / 320),
  };
}

window.bench = { capture, play, barge, strict, alias, record, flushOffline, rate, silero };

// A browser that cannot be driven is told by the address what to do, and posts what it found.
const asked = new URLSearchParams(location.search).get('report');
if (asked === 'rate') {
  rate()
    .then(
      (found) => fetch('/report', { method: 'POST', body: JSON.stringify(found) }),
      (cause: unknown) => fetch('/report', { method: 'POST', body: JSON.stringify({ error: String(cause) }) }),
    )
    .catch(reportError);
}
