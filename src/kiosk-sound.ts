import { Observable, switchMap } from 'rxjs';
import { acquireContext } from './audio/context.ts';
import type { AsideSound } from './protocols/realtime/aside.ts';

/** What a kiosk itself lets be heard on the page's AudioContext: two tones, or samples as they come. */

/** Hz and s of the two tones. */
const TONES = [
  [660, 0],
  [880, 0.22],
] as const;
const TONE_S = 0.18;
const SOFT = 0.15;

/** Completes with the second tone. `volume`: 0–1. */
export const chime = (volume: number): Observable<never> =>
  acquireContext().pipe(
    switchMap(
      (context) =>
        new Observable<never>((subscriber) => {
          const gain = new GainNode(context, { gain: SOFT * volume });
          gain.connect(context.destination);
          const oscillators = TONES.map(([frequency, after]) => {
            const oscillator = new OscillatorNode(context, { frequency });
            oscillator.connect(gain);
            oscillator.start(context.currentTime + after);
            oscillator.stop(context.currentTime + after + TONE_S);
            return oscillator;
          });
          oscillators.at(-1)?.addEventListener('ended', () => {
            subscriber.complete();
          });
          return () => {
            gain.disconnect();
          };
        }),
    ),
  );

/** Sound that comes in pieces over a network begins this much later, so that the next piece is there in time, s. */
const RESERVE_S = 0.12;

/** Emits when the first piece is heard, completes when the last one was. Fails as `sound$`; unsubscribing is silence at once. */
export const heardAloud = (sound$: Observable<AsideSound>, volume: number): Observable<'begun'> =>
  acquireContext().pipe(switchMap((context) => played(context, sound$, volume)));

const played = (context: AudioContext, sound$: Observable<AsideSound>, volume: number): Observable<'begun'> =>
  new Observable((subscriber) => {
    const gain = new GainNode(context, { gain: volume });
    gain.connect(context.destination);
    let until = 0;
    let playing = 0;
    let whole = false;
    const rest = (): void => {
      if (whole && playing === 0) subscriber.complete();
    };
    const play = ({ pcm, rate }: AsideSound): void => {
      if (pcm.length === 0) return;
      const buffer = new AudioBuffer({ length: pcm.length, sampleRate: rate });
      buffer.copyToChannel(
        Float32Array.from(pcm, (sample) => sample / 32_768),
        0,
      );
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(gain);
      source.addEventListener('ended', () => {
        playing -= 1;
        rest();
      });
      playing += 1;
      if (until === 0) {
        until = context.currentTime + RESERVE_S;
        subscriber.next('begun');
      }
      until = Math.max(until, context.currentTime);
      source.start(until);
      until += buffer.duration;
    };
    const following = sound$.subscribe({
      next: play,
      error: (cause: unknown) => {
        subscriber.error(cause);
      },
      complete: () => {
        whole = true;
        rest();
      },
    });
    following.add(() => {
      gain.disconnect();
    });
    return following;
  });
