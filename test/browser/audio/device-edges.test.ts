import { afterEach, expect, test, vi } from 'vitest';
import { lastValueFrom, toArray } from 'rxjs';
import { acquireContext } from '../../../src/audio/context.ts';
import { deviceTests } from '../../../src/device-edges.ts';
import { echoVerdict, type Echo } from '../../../src/pipelines/usage-echo.ts';

/** The echo test on a real audio graph, in a room that is made of two nodes. */

afterEach(() => {
  vi.restoreAllMocks();
});

test('what comes back after 100 ms at a tenth is 20 dB below what was played', async () => {
  const held = acquireContext().subscribe((context) => {
    const room = new DelayNode(context, { delayTime: 0.1 });
    const wall = new GainNode(context, { gain: 0.1 });
    room.connect(wall).connect(microphone(context));
    // What goes to the loudspeaker is heard in the room as well.
    const connect: unknown = Reflect.get(AudioNode.prototype, 'connect');
    vi.spyOn(AudioBufferSourceNode.prototype, 'connect').mockImplementation(function (this: AudioNode, to: unknown) {
      for (const each of [room, to]) Reflect.apply(connect as () => void, this, [each]);
    });
  });
  const seen = await lastValueFrom(deviceTests({ microphone: null, speaker: null, stream: heard }).echo$.pipe(toArray()));
  held.unsubscribe();
  expect(seen[0]).toBe('open');
  const echoes = seen.filter((each): each is Echo => each !== 'open');
  expect(echoes).toHaveLength(3);
  for (const { delayMs, correlation } of echoes) {
    // A gap in the sound of a busy machine takes some of it away; without an echo it is next to nothing.
    expect(correlation).toBeGreaterThan(0.5);
    expect(delayMs).toBeGreaterThan(95);
    expect(delayMs).toBeLessThan(400);
  }
  const { verdict, levelDb } = echoVerdict(echoes);
  expect(verdict).toBe('some');
  expect(Math.abs((levelDb ?? 0) + 20)).toBeLessThan(3);
}, 20_000);

let heard = new MediaStream();

function microphone(context: AudioContext): AudioNode {
  const node = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  heard = node.stream;
  return node;
}
