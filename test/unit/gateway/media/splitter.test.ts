import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fmp4Error } from '../../../../demo/server/media/fmp4/fmp4-error.ts';
import { Fmp4Splitter } from '../../../../demo/server/media/fmp4/splitter.ts';
import type { Fmp4Event } from '../../../../demo/server/media/fmp4/splitter.ts';
import {
  AUDIO,
  AVCC,
  box,
  ESDS,
  fragmentBytes,
  fragmentOf,
  halfSecond,
  initSegment,
  sounding,
  typesOf,
  u32,
  VIDEO,
  visual,
} from '../../../support/media-boxes.ts';

const film = Buffer.concat([
  initSegment(),
  box('styp', Buffer.from('msdh')),
  halfSecond(0, true),
  box('sidx', Buffer.alloc(40)),
  halfSecond(0.5, false, Buffer.alloc(5000, 7)),
  halfSecond(1, true),
  box('mfra', Buffer.alloc(30)),
]);

/** Cuts `bytes` after each of `sizes`, again and again. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]): Fmp4Event[] {
  const splitter = new Fmp4Splitter();
  const events: Fmp4Event[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    events.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return events;
}

const facts = (events: readonly Fmp4Event[]): unknown[] =>
  events.map((event) =>
    event.type === 'init'
      ? { init: event.init.bytes.length }
      : { ...event.fragment, bytes: Buffer.from(event.fragment.bytes).toString('base64') },
  );

describe('a running fragmented MP4', () => {
  it('is told as its description and its fragments with their times', () => {
    const [init, ...fragments] = inPieces(film, [film.length]);
    if (init?.type !== 'init') throw new Error('no init');
    expect(init.init.video).toMatchObject({ codec: 'avc1.64001f', width: 640, height: 360, timescale: 12_800 });
    expect(init.init.audio).toMatchObject({ codec: 'mp4a.40.2', sampleRate: 48_000 });
    expect(typesOf(init.init.bytes)).toEqual(['ftyp', 'moov']);
    const read = fragments.map((event) => (event.type === 'fragment' ? event.fragment : null));
    expect(read.map((fragment) => [fragment?.startS, fragment?.durationS, fragment?.keyFrame])).toEqual([
      [0, 0.5, true],
      [0.5, 0.5, false],
      [1, 0.5, true],
    ]);
    expect(typesOf(read[1]?.bytes ?? new Uint8Array(0))).toEqual(['moof', 'mdat']);
    expect(read[2]?.audio).toMatchObject({ decodeTicks: 48_000, durationTicks: 24_000 });
  });

  it('is the same in whatever pieces it comes', () => {
    const whole = facts(inPieces(film, [film.length]));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        expect(facts(inPieces(film, sizes))).toEqual(whole);
      }),
    );
  });

  it('takes the duration and the key frame from the defaults where a fragment leaves them out', () => {
    const [, event] = inPieces(
      Buffer.concat([initSegment([VIDEO]), fragmentBytes([{ id: 1, decode: 640, count: 10, duration: 512, keyFrame: false }])]),
      [10_000],
    );
    expect(event).toMatchObject({ fragment: { startS: 0.05, durationS: 0.4, keyFrame: false, audio: null } });
  });

  it('of sound alone can begin anywhere', () => {
    const sound = fragmentBytes([{ id: 2, decode: 48_000, count: 5, duration: 1024 }]);
    expect(inPieces(Buffer.concat([initSegment([AUDIO]), sound]), [999])[1]).toMatchObject({
      fragment: { keyFrame: true, startS: 1 },
    });
  });

  it('leaves tracks out that are neither picture nor sound', () => {
    const [init] = inPieces(initSegment([{ ...VIDEO, id: 9, handler: 'text' }, AUDIO]), [999]);
    expect(init).toMatchObject({ init: { video: null, audio: { id: 2 } } });
  });
});

describe('codecs', () => {
  const codecOf = (handler: 'vide' | 'soun', entry: Uint8Array): string | null => {
    const [init] = inPieces(initSegment([{ id: 1, handler, timescale: 1000, entry }]), [999]);
    return init?.type === 'init' ? ((handler === 'vide' ? init.init.video : init.init.audio)?.codec ?? null) : null;
  };

  it('have the names that players ask for', () => {
    expect(codecOf('vide', visual('avc1', AVCC))).toBe('avc1.64001f');
    expect(codecOf('vide', visual('vp09', box('vpcC', u32(0x01000000), Buffer.from([0, 31, 0x80]))))).toBe('vp09.00.31.08');
    expect(codecOf('vide', visual('av01', box('av1C', Buffer.from([0x81, 0x08, 0x4c, 0]))))).toBe('av01.0.08M.10');
    expect(codecOf('soun', sounding('mp4a', ESDS))).toBe('mp4a.40.2');
    expect(codecOf('soun', sounding('Opus', box('dOps')))).toBe('opus');
    expect(codecOf('vide', visual('hvc1', box('hvcC')))).toBeNull();
    expect(codecOf('vide', visual('avc1', box('free')))).toBeNull();
  });
});

describe('what is no such file', () => {
  const code = (bytes: Uint8Array): string => {
    try {
      inPieces(bytes, [bytes.length]);
    } catch (error) {
      if (error instanceof Fmp4Error) return error.code;
      throw error;
    }
    return 'none';
  };

  it('is refused by name', () => {
    expect(code(Buffer.from('<!doctype html><html></html>'))).toBe('too-large');
    expect(code(Buffer.alloc(64))).toBe('not-mp4');
    expect(code(halfSecond(0))).toBe('out-of-order');
    expect(code(Buffer.concat([initSegment(), box('mdat', Buffer.alloc(8))]))).toBe('out-of-order');
    expect(code(Buffer.concat([u32(2 ** 31), Buffer.from('moov')]))).toBe('too-large');
    expect(code(initSegment([{ ...VIDEO, handler: 'text' }]))).toBe('unsupported');
    expect(code(box('moov', box('trak')))).toBe('not-mp4');
  });

  it('never leads to another error, and never holds more than a box', () => {
    let most = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(film.length - 1), to: fc.nat(255) }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 20, max: 900 }),
        (changes, size) => {
          const damaged = Buffer.from(film);
          for (const { at, to } of changes) damaged[at] = to;
          const splitter = new Fmp4Splitter();
          for (let at = 0; at < damaged.length; at += size) {
            try {
              splitter.push(damaged.subarray(at, at + size));
            } catch (error) {
              expect(error).toBeInstanceOf(Fmp4Error);
              return;
            }
            most = Math.max(most, splitter.buffered);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(most).toBeLessThanOrEqual(film.length);
  });

  it('or plain noise, likewise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        try {
          new Fmp4Splitter().push(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(Fmp4Error);
        }
      }),
    );
  });

  it('drops what says nothing without keeping it', () => {
    const splitter = new Fmp4Splitter();
    splitter.push(box('free', Buffer.alloc(1_000_000)).subarray(0, 900_000));
    expect(splitter.buffered).toBe(0);
  });
});

it('a fragment whose pictures are sent in another order than shown tells when they are', () => {
  // Five pictures of a tenth of a second at 12 800 ticks; the last one sent is shown first, by a negative offset.
  const pictures = {
    count: 0,
    duration: 0,
    durations: [1280, 1280, 1280, 1280, 1280],
    shownAfter: [2560, 7680, 0, -1280, -3840],
  };
  const { startS, durationS, takenS, firstTakenS, lagS } = fragmentOf(fragmentBytes([{ id: 1, decode: 12_800, ...pictures }]));
  expect({ startS, durationS, takenS, firstTakenS, lagS }).toEqual({
    ...{ startS: 1, durationS: 0.5, firstTakenS: 1.2, lagS: 0.1 },
    // The second one: sent after 0.1 s, shown 0.6 s later.
    takenS: 1.7,
  });
});
