import { concat, from, ignoreElements, map, mergeMap, Observable, of, switchMap, takeWhile, timer } from 'rxjs';
import { acquireContext, resume } from './audio/context.ts';
import { openMicrophone } from './audio/microphone.ts';
import { setSink } from './audio/playback.ts';
import { ECHO_RATE, ECHO_REACH_MS, echoOf, knownSound, thinned, type Echo } from './pipelines/usage-echo.ts';
import type { LiveStream } from './session/assistant.ts';

/** The composition root of device tests: microphone and loudspeaker of this page, opened by a press and closed again. */

export interface TestedDevices {
  /** Device ids; null = the browser's default. */
  readonly microphone: string | null;
  readonly speaker: string | null;
  /** Of the page, used as microphone and never stopped. */
  readonly stream?: LiveStream | null;
}

/** Each is cold: subscribing opens what it needs, unsubscribing closes it. All fail as `openMicrophone` and `setSpeaker` do. */
export interface DeviceTests {
  /** RMS of the microphone, 0–1, 16 times a second. */
  readonly level$: Observable<number>;
  /** Three notes from the chosen loudspeaker; completes with the last. */
  readonly sound$: Observable<never>;
  /**
   * `open` when the microphone is, then three looks at how much of a known sound comes back, the first before a canceller has settled.
   * Completes.
   */
  readonly echo$: Observable<'open' | Echo>;
}

const LOOK_MS = 60;
const LEVEL_SAMPLES = 2048;
/** The most an analyser keeps: 0.7 s at 48 kHz. */
const ECHO_SAMPLES = 32_768;
const ECHO_S = 3;
const ECHO_LOOKS_MS = [1_500, 2_250, 3_000];
/** The clock of the page and that of the sound are read one after the other, s. */
const SLACK_S = 0.02;
/** Hz and s after the first. */
const NOTES = [
  [523, 0],
  [659, 0.25],
  [784, 0.5],
] as const;
const NOTE_S = 0.22;
const SOFT = 0.2;

export function deviceTests(devices: TestedDevices): DeviceTests {
  return {
    level$: ear(devices, LEVEL_SAMPLES).pipe(
      switchMap((analyser) => timer(LOOK_MS, LOOK_MS).pipe(map(() => rms(samplesOf(analyser))))),
    ),
    sound$: speaker(devices).pipe(
      switchMap(notes),
      takeWhile((more) => more),
      ignoreElements(),
    ),
    echo$: ear(devices, ECHO_SAMPLES).pipe(
      switchMap((analyser) =>
        concat(of('open' as const), speaker(devices).pipe(switchMap((context) => echoes(context, analyser)))),
      ),
      takeWhile((seen): seen is 'open' | Echo => seen !== null),
    ),
  };
}

/** The page's one context, through the chosen loudspeaker: as the assistant's voice goes. */
const speaker = ({ speaker: id }: TestedDevices): Observable<AudioContext> =>
  acquireContext().pipe(
    switchMap((context) => {
      resume(context);
      return from(setSink(context, id ?? '')).pipe(map(() => context));
    }),
  );

/** The microphone before an analyser that keeps `count` samples. */
const ear = ({ microphone, stream }: TestedDevices, count: number): Observable<AnalyserNode> =>
  openMicrophone(stream == null ? { deviceId: microphone } : { stream: stream as MediaStream }).pipe(
    switchMap((opened) =>
      acquireContext().pipe(
        switchMap(
          (context) =>
            new Observable<AnalyserNode>((subscriber) => {
              resume(context);
              const source = context.createMediaStreamSource(opened.stream);
              const analyser = new AnalyserNode(context, { fftSize: count });
              source.connect(analyser);
              subscriber.next(analyser);
              return () => {
                source.disconnect();
              };
            }),
        ),
      ),
    ),
  );

function samplesOf(analyser: AnalyserNode): Float32Array {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return samples;
}

const rms = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

/** Emits false when the last note is over. */
const notes = (context: AudioContext): Observable<boolean> =>
  new Observable<boolean>((subscriber) => {
    const gain = new GainNode(context, { gain: SOFT });
    gain.connect(context.destination);
    const begin = context.currentTime + SLACK_S;
    for (const [frequency, after] of NOTES) {
      const note = new OscillatorNode(context, { frequency });
      note.connect(gain);
      note.start(begin + after);
      note.stop(begin + after + NOTE_S);
      if (after === NOTES[2][1]) note.onended = () => subscriber.next(false);
    }
    return () => {
      gain.disconnect();
    };
  });

/** Emits null when the last look is over. */
function echoes(context: AudioContext, analyser: AnalyserNode): Observable<Echo | null> {
  const sound = knownSound(ECHO_S);
  const looks$ = (begun: number): Observable<Echo | null> =>
    concat(
      from(ECHO_LOOKS_MS).pipe(mergeMap((after) => timer(after).pipe(map(() => look(context, analyser, sound, begun))))),
      of(null),
    );
  return new Observable<Echo | null>((subscriber) => {
    const buffer = new AudioBuffer({ length: sound.length, sampleRate: ECHO_RATE });
    buffer.copyToChannel(sound, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    const begun = context.currentTime + SLACK_S;
    source.start(begun);
    const looking = looks$(begun).subscribe(subscriber);
    return () => {
      looking.unsubscribe();
      source.disconnect();
    };
  });
}

function look(context: AudioContext, analyser: AnalyserNode, sound: Float32Array, begun: number): Echo {
  const heard = thinned(samplesOf(analyser), context.sampleRate);
  const end = Math.round((context.currentTime + SLACK_S - begun) * ECHO_RATE);
  const from = end - heard.length - Math.round((ECHO_REACH_MS * ECHO_RATE) / 1000);
  // What was played when nothing was, is silence.
  const played = Float32Array.from({ length: end - from }, (_, index) => sound[from + index] ?? 0);
  return echoOf(played, heard);
}
