import { acquireContext, unlock } from '../../../src/audio/context.ts';
import { openPlayback } from '../../../src/audio/playback.ts';
import { rival } from './clients.ts';
import tapUrl from './tap.worklet.js?url';

/** How each client is brought to play, with a tap on the last node of its graph. */

export interface Player {
  readonly context: AudioContext;
  readonly tap: MessagePort;
  play(pcm: Int16Array<ArrayBuffer>): void;
  flush(): void;
  stop(): void;
}

async function createTap(context: AudioContext): Promise<AudioWorkletNode> {
  await context.audioWorklet.addModule(tapUrl);
  const node = new AudioWorkletNode(context, 'bench-tap', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
  return node;
}

/** Our playback with its port still to be used, its last node tapped. */
export async function openTapped(): Promise<{ context: AudioContext; tap: MessagePort; port: MessagePort; stop(): void }> {
  const contexts: AudioContext[] = [];
  const hold = acquireContext().subscribe((held) => contexts.push(held));
  const [context] = contexts;
  if (context === undefined) throw new Error('no context');
  const tap = await createTap(context);
  const plain = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => unknown;
  // Our graph ends in one node that goes to the destination; whatever goes there goes to the tap as well.
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    if (to[0] === context.destination) plain.call(this, tap);
    return plain.apply(this, to);
  } as typeof AudioNode.prototype.connect;
  const opened = await new Promise<{ port: MessagePort; stop(): void }>((resolve, reject) => {
    const open = openPlayback().subscribe({
      next: ({ port }) => {
        resolve({
          port,
          stop: () => {
            open.unsubscribe();
            hold.unsubscribe();
          },
        });
      },
      error: reject,
    });
  });
  AudioNode.prototype.connect = plain as typeof AudioNode.prototype.connect;
  await unlock();
  return { context, tap: tap.port, ...opened };
}

async function ours(rate: number): Promise<Player> {
  const { port, ...opened } = await openTapped();
  let item = 0;
  return {
    ...opened,
    play: (pcm) => {
      const buffer = pcm.slice().buffer;
      port.postMessage({ type: 'play', itemId: String(++item), contentIndex: 0, rate, pcm: buffer }, [buffer]);
    },
    flush: () => {
      port.postMessage({ type: 'flush', id: item });
    },
  };
}

interface WavStreamPlayer {
  readonly context: AudioContext;
  readonly stream: AudioWorkletNode | null;
  connect(): Promise<boolean>;
  add16BitPCM(pcm: Int16Array, track: string): unknown;
  interrupt(): Promise<unknown>;
}

async function wavtools(rate: number): Promise<Player> {
  const { WavStreamPlayer } = await rival<{ WavStreamPlayer: new (options: { sampleRate: number }) => WavStreamPlayer }>(
    'wavtools/index.js',
  );
  const player = new WavStreamPlayer({ sampleRate: rate });
  await player.connect();
  const tap = await createTap(player.context);
  let track = 0;
  return {
    context: player.context,
    tap: tap.port,
    play: (pcm) => {
      player.add16BitPCM(pcm.slice(), String(++track));
      player.stream?.connect(tap);
    },
    flush: () => void player.interrupt(),
    stop: () => void player.context.close(),
  };
}

interface MediaDeviceOutput {
  readonly context: AudioContext;
  readonly gain: GainNode;
  playAudio(chunk: ArrayBuffer): void;
  interrupt(): void;
  close(): Promise<void>;
}

async function elevenlabs(rate: number): Promise<Player> {
  const { MediaDeviceOutput } = await rival<{
    MediaDeviceOutput: { create(options: { sampleRate: number; format: string }): Promise<MediaDeviceOutput> };
  }>('elevenlabs/dist/platform/web/output.js');
  const output = await MediaDeviceOutput.create({ sampleRate: rate, format: 'pcm' });
  const tap = await createTap(output.context);
  output.gain.connect(tap);
  return {
    context: output.context,
    tap: tap.port,
    play: (pcm) => {
      output.playAudio(pcm.slice().buffer);
    },
    flush: () => {
      output.interrupt();
    },
    stop: () => void output.close(),
  };
}

export const players: Readonly<Record<string, (rate: number) => Promise<Player>>> = { ours, wavtools, elevenlabs };
