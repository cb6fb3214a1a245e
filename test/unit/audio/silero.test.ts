import { EMPTY, firstValueFrom, from, NEVER, of, throwError, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { judgedBy, Silero, withSilero, type OnnxRuntime, type OnnxTensor } from '../../../src/audio/silero.ts';

/** A network that answers with the mean of what it sees, and counts. */
function fake(): { readonly silero: Silero; readonly seen: Float32Array[]; readonly states: number[] } {
  const seen: Float32Array[] = [];
  const states: number[] = [];
  class Tensor implements OnnxTensor {
    constructor(
      readonly type: string,
      readonly data: Float32Array,
      readonly shape: readonly number[],
    ) {}
  }
  const session = {
    run: ({ input, state }: Readonly<Record<string, OnnxTensor>>) => {
      const samples = Float32Array.from(input?.data ?? []);
      seen.push(samples);
      states.push(state?.data[0] ?? NaN);
      const mean = samples.subarray(64).reduce((sum, sample) => sum + sample, 0) / 512;
      return Promise.resolve({ output: { data: [mean] }, stateN: { data: [seen.length] } });
    },
  };
  const runtime = { env: { wasm: { numThreads: 0, wasmPaths: '' } }, Tensor, InferenceSession: {} } as unknown as OnnxRuntime;
  return { silero: new Silero(runtime, session), seen, states };
}

const frames = (count: number, value = 16_384): { readonly pcm: Int16Array; readonly at: number }[] =>
  Array.from({ length: count }, (_, index) => ({ pcm: new Int16Array(320).fill(value), at: index * 320 }));

describe('the network', () => {
  test('sees 512 samples behind the 64 before them, and its own memory', async () => {
    const { silero, seen, states } = fake();
    const ramp = Float32Array.from({ length: 1_100 }, (_, index) => index);
    await silero.hear(ramp.subarray(0, 500));
    expect(seen).toHaveLength(0);
    await silero.hear(ramp.subarray(500));
    expect(seen.map((samples) => samples.length)).toEqual([576, 576]);
    expect([...seen[0]!.subarray(0, 65)]).toEqual([...new Array<number>(64).fill(0), 0]);
    expect([...seen[1]!]).toEqual([...ramp.subarray(448, 1_024)]);
    expect(states).toEqual([0, 1]);
  });

  test('an answer without the fields of Silero v5 is told', async () => {
    const strange = new Silero(
      {
        Tensor: class {
          data = [];
        },
      } as unknown as OnnxRuntime,
      { run: () => Promise.resolve({}) },
    );
    await expect(strange.hear(new Float32Array(512))).rejects.toMatchObject({ code: 'unsupported', field: 'silero' });
  });
});

describe('frames', () => {
  test('get the probability of the last whole window, in order', async () => {
    const { silero } = fake();
    const judged = await firstValueFrom(of(...frames(4)).pipe(judgedBy(of(silero), 16_000), toArray()));
    expect(judged.map(({ at }) => at)).toEqual([0, 320, 640, 960]);
    expect(judged[0]!.probability).toBe(0);
    expect(judged[1]!.probability).toBeGreaterThan(0.4);
  });

  test('of 24 kHz are brought to 16', async () => {
    const { silero, seen } = fake();
    const wide = Array.from({ length: 50 }, () => ({ pcm: new Int16Array(480).fill(16_384) }));
    await firstValueFrom(from(wide).pipe(judgedBy(of(silero), 24_000), toArray()));
    expect(seen.length).toBeLessThanOrEqual(31);
    expect(seen.at(-1)?.[100]).toBeCloseTo(0.5, 3);
  });

  test('pass without one until the network is loaded', async () => {
    const judged = await firstValueFrom(of(...frames(2)).pipe(judgedBy(EMPTY, 16_000), toArray()));
    expect(judged.map(({ probability }) => probability)).toEqual([undefined, undefined]);
  });

  test('do not queue up behind a network that does not answer', async () => {
    const { silero } = fake();
    let judgedCount = 0;
    const stuck = Object.assign(Object.create(Silero.prototype) as Silero, {
      hear: () => {
        judgedCount++;
        return silero.hear(new Float32Array(0));
      },
    });
    const judged = await firstValueFrom(of(...frames(100)).pipe(judgedBy(of(stuck), 16_000), toArray()));
    expect(judged).toHaveLength(100);
    expect(judgedCount).toBeLessThanOrEqual(12);
  });
});

test('files that are not there are told by name of the option', async () => {
  const failing = firstValueFrom(NEVER.pipe(withSilero('file:///nowhere', 16_000)));
  await expect(failing).rejects.toMatchObject({ code: 'unsupported', field: 'silero' });
  await expect(
    firstValueFrom(
      of(...frames(1)).pipe(
        judgedBy(
          throwError(() => new Error('gone')),
          16_000,
        ),
      ),
    ),
  ).rejects.toThrow('gone');
});
