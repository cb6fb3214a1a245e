/** The loudspeaker's whole conversation: takes commands, renders, and tells positions and levels as messages. */

import type { PlaybackCommand, PlaybackEvent, PlaybackLevel } from '../messages.ts';
import { Level } from './level.ts';
import { PlaybackQueue, type PlayedItem } from './playback-queue.ts';

const POSITIONS_PER_SECOND = 10;
const LEVELS_PER_SECOND = 16;

/** Where the messages go. */
export interface PlaybackOut {
  tell(event: PlaybackEvent): void;
  meter(level: PlaybackLevel): void;
}

export class PlaybackKernel {
  readonly #out: PlaybackOut;
  readonly #queue: PlaybackQueue;
  readonly #framesPerPosition: number;
  readonly #framesPerLevel: number;
  readonly #sincePosition = new Level();
  readonly #sinceLevel = new Level();
  /** s, of the block that is rendered. */
  #time = 0;
  #last: PlayedItem | null = null;
  #played = false;
  #audible = false;

  /** `rate`: the device's, Hz. */
  constructor(rate: number, out: PlaybackOut) {
    this.#out = out;
    this.#framesPerPosition = rate / POSITIONS_PER_SECOND;
    this.#framesPerLevel = rate / LEVELS_PER_SECOND;
    this.#queue = new PlaybackQueue(rate, {
      started: ({ id }) => out.tell({ type: 'started', itemId: id, at: this.#time }),
      finished: ({ id }) => out.tell({ type: 'finished', itemId: id }),
      ranDry: ({ id }, missingMs) => out.tell({ type: 'underrun', itemId: id, missingMs }),
    });
  }

  /** `now`: ms on a steady clock. */
  obey(command: PlaybackCommand, now: number): void {
    if (command.type === 'play') this.#play(command, now);
    else if (command.type === 'end') this.#queue.end(command.itemId);
    else if (command.type === 'flush') this.#flush(command.id);
    else if (command.type === 'duck') this.#queue.duck(command.gain, command.ms);
    else if (command.type === 'volume') this.#queue.volume(command.gain);
  }

  /** Fills `output`; `time`: s, the context's. */
  render(output: Float32Array, time: number): void {
    this.#time = time;
    this.#last = this.#queue.current ?? this.#last;
    this.#queue.render(output);
    this.#sincePosition.add(output, 0, output.length);
    this.#sinceLevel.add(output, 0, output.length);
    const { playing } = this.#queue;
    if (playing !== this.#played || (playing && this.#sincePosition.count >= this.#framesPerPosition)) this.#position(playing);
    if (this.#sinceLevel.count >= this.#framesPerLevel) this.#level();
  }

  #play({ itemId, contentIndex, rate, pcm }: Extract<PlaybackCommand, { type: 'play' }>, now: number): void {
    const samples = new Int16Array(pcm);
    if (this.#queue.play(itemId, contentIndex, rate, samples, now)) return;
    this.#out.tell({ type: 'refused', itemId, samples: samples.length });
  }

  #flush(id: number): void {
    const item = this.#queue.flush();
    const { contentIndex, rendered, received, rate } = item ?? { contentIndex: 0, rendered: 0, received: 0, rate: 0 };
    this.#out.tell({ type: 'flushed', id, itemId: item?.id ?? null, contentIndex, rendered, received, rate });
  }

  #position(playing: boolean): void {
    const level = this.#sincePosition.rms;
    this.#sincePosition.reset();
    this.#played = playing;
    if (this.#last === null) return;
    const { id, contentIndex, rendered, received, rate } = this.#last;
    this.#out.tell({ type: 'position', itemId: id, contentIndex, rendered, received, rate, level, playing });
  }

  #level(): void {
    const level = this.#sinceLevel.rms;
    this.#sinceLevel.reset();
    if (level > 0 || this.#audible) this.#out.meter({ type: 'level', level });
    this.#audible = level > 0;
  }
}
