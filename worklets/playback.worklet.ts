/** The loudspeaker's processor, `viva-playback`: obeys its ports, renders the queue, tells positions and levels. */

import { Level } from './kernels/level.ts';
import { PlaybackQueue, type PlayedItem } from './kernels/playback-queue.ts';
import type { PlaybackCommand, PlaybackEvent, PlaybackLevel } from './messages.ts';

const POSITIONS_PER_SECOND = 10;
const LEVELS_PER_SECOND = 16;

class PlaybackProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  readonly #queue = new PlaybackQueue(Math.round(sampleRate), {
    started: ({ id }) => this.#tell({ type: 'started', itemId: id, at: currentTime }),
    finished: ({ id }) => this.#tell({ type: 'finished', itemId: id }),
    ranDry: ({ id }, missingMs) => this.#tell({ type: 'underrun', itemId: id, missingMs }),
  });
  readonly #sincePosition = new Level();
  readonly #sinceLevel = new Level();
  readonly #framesPerPosition = sampleRate / POSITIONS_PER_SECOND;
  readonly #framesPerLevel = sampleRate / LEVELS_PER_SECOND;
  #out: MessagePort | null = null;
  #wanted = true;
  #last: PlayedItem | null = null;
  #played = false;
  #audible = false;

  constructor() {
    super();
    this.port.onmessage = this.#obey;
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (output === undefined) return this.#wanted;
    const before = this.#queue.current;
    this.#queue.render(output);
    this.#sincePosition.add(output, 0, output.length);
    this.#sinceLevel.add(output, 0, output.length);
    this.#last = this.#queue.current ?? before ?? this.#last;
    const { playing } = this.#queue;
    if (playing !== this.#played || (playing && this.#sincePosition.count >= this.#framesPerPosition)) this.#position(playing);
    if (this.#sinceLevel.count >= this.#framesPerLevel) this.#level();
    return this.#wanted;
  }

  readonly #obey = ({ data }: MessageEvent<PlaybackCommand>): void => {
    if (data.type === 'connect') {
      this.#out = data.port;
      this.#out.onmessage = this.#obey;
    } else if (data.type === 'play') {
      const pcm = new Int16Array(data.pcm);
      const taken = this.#queue.play(data.itemId, data.contentIndex, data.rate, pcm, Date.now());
      if (!taken) this.#tell({ type: 'refused', itemId: data.itemId, samples: pcm.length });
    } else if (data.type === 'end') this.#queue.end(data.itemId);
    else if (data.type === 'flush') this.#flush(data.id);
    else if (data.type === 'duck') this.#queue.duck(data.gain, data.ms);
    else if (data.type === 'volume') this.#queue.volume(data.gain);
    else this.#wanted = false;
  };

  #flush(id: number): void {
    const item = this.#queue.flush();
    const { contentIndex, rendered, received, rate } = item ?? { contentIndex: 0, rendered: 0, received: 0, rate: 0 };
    this.#tell({ type: 'flushed', id, itemId: item?.id ?? null, contentIndex, rendered, received, rate });
  }

  #position(playing: boolean): void {
    const level = this.#sincePosition.rms;
    this.#sincePosition.reset();
    this.#played = playing;
    if (this.#last === null) return;
    const { id, contentIndex, rendered, received, rate } = this.#last;
    this.#tell({ type: 'position', itemId: id, contentIndex, rendered, received, rate, level, playing });
  }

  #level(): void {
    const level = this.#sinceLevel.rms;
    this.#sinceLevel.reset();
    if (level > 0 || this.#audible) this.port.postMessage({ type: 'level', level } satisfies PlaybackLevel);
    this.#audible = level > 0;
  }

  #tell(event: PlaybackEvent): void {
    this.#out?.postMessage(event);
  }
}

registerProcessor('viva-playback', PlaybackProcessor);
