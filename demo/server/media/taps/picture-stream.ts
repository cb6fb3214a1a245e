/** Pictures and their times as ffmpeg hands them out: JPEGs one after the other on one pipe, a line about each on another. */

export interface TimedPicture {
  /** s on the media's own clock. */
  readonly atS: number;
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface PictureWish {
  readonly everyMs: number;
  /** px */
  readonly maxWidth: number;
}

/** ffmpeg's arguments behind the input: the first picture of every `everyMs` of media time, and `showinfo`'s line about it. */
export function pictureOutput({ everyMs, maxWidth }: PictureWish): readonly string[] {
  const every = String(everyMs / 1000);
  const slot = (time: string): string => `floor((${time}+0.0005)/${every})`;
  const select = `select=isnan(prev_selected_t)+gt(${slot('t')}\\,${slot('prev_selected_t')})`;
  return [
    ...[
      '-an',
      '-map',
      '0:V:0',
      '-vf',
      `${select},scale=w=min(${String(maxWidth)}\\,iw):h=-2:out_range=pc,format=yuvj420p,showinfo`,
    ],
    ...['-vsync', 'passthrough', '-enc_time_base', '-1', '-c:v', 'mjpeg', '-q:v', '3', '-threads', '1'],
    ...['-f', 'image2pipe', '-flush_packets', '1', 'pipe:1'],
  ];
}

/** A picture that is larger is none. */
const MAX_BYTES = 20_000_000;

export class PictureStream {
  #bytes = Buffer.alloc(0);
  /** From where the end is still to be looked for. */
  #from = 0;
  readonly #jpegs: Uint8Array[] = [];
  readonly #times: Omit<TimedPicture, 'jpeg'>[] = [];
  #tickS = 0;

  line(text: string): readonly TimedPicture[] {
    const base = /showinfo.*config in time_base: (\d+)\/(\d+)/.exec(text);
    if (base !== null) this.#tickS = Number(base[1]) / Number(base[2]);
    // Whole ticks: the time in seconds beside them has six digits only.
    const picture = /showinfo.* pts: *(-?\d+) .* s:(\d+)x(\d+) /.exec(text);
    if (picture !== null) {
      const [, ticks, width, height] = picture;
      this.#times.push({ atS: Number(ticks) * this.#tickS, width: Number(width), height: Number(height) });
    }
    return this.#whole();
  }

  bytes(bytes: Uint8Array): readonly TimedPicture[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      // In the data of a picture every FF is followed by 00 or a restart marker, so that this is its end.
      const end = this.#bytes.indexOf(END, this.#from);
      if (end < 0) break;
      this.#jpegs.push(new Uint8Array(this.#bytes.subarray(0, end + 2)));
      this.#bytes = this.#bytes.subarray(end + 2);
      this.#from = 0;
    }
    this.#from = Math.max(0, this.#bytes.length - 1);
    if (this.#bytes.length > MAX_BYTES) this.#bytes = Buffer.alloc(0);
    return this.#whole();
  }

  #whole(): readonly TimedPicture[] {
    const whole: TimedPicture[] = [];
    for (;;) {
      const [jpeg] = this.#jpegs;
      const [time] = this.#times;
      if (jpeg === undefined || time === undefined) return whole;
      this.#jpegs.shift();
      this.#times.shift();
      whole.push({ ...time, jpeg });
    }
  }
}

const END = Buffer.from([0xff, 0xd9]);
