import { describe, expect, it } from 'vitest';
import { admitStream } from '../../../../demo/server/rtvt/admission.ts';
import { AddressRate } from '../../../../demo/server/rtvt/address-rate.ts';
import { RtvtFault } from '../../../../demo/server/rtvt/fault.ts';
import { LaneLoad } from '../../../../demo/server/rtvt/lane-load.ts';
import { LONGEST_SENTENCE, silenceToEnd } from '../../../../demo/server/rtvt/sentence-length.ts';

describe('LaneLoad', () => {
  it('knows from the cost of finals how many can speak at once', () => {
    const load = new LaneLoad(2);
    expect(load.capacity).toBeNull();
    // 20 ms of work a second of sound: half of two slots, with a quarter to spare, bears 40.
    for (let i = 0; i < 50; i++) load.worked(60, 3000);
    expect(load.capacity).toBe(40);
    for (let i = 0; i < 100; i++) load.worked(3000, 3000);
    expect(load.capacity).toBe(1);
  });

  it('learns nothing from a click', () => {
    const load = new LaneLoad(2);
    load.worked(60, 200);
    load.worked(60, null);
    expect(load.cost).toBeNull();
  });

  it('remembers late finals for ten seconds', () => {
    const load = new LaneLoad(2);
    load.waited(700, 0);
    expect(load.lateMs(1)).toBe(0);
    load.waited(2000, 1000);
    load.waited(10, 2000);
    expect(load.lateMs(10_000)).toBe(2000);
    expect(load.lateMs(11_001)).toBe(0);
  });
});

describe('admitStream', () => {
  const idle = { capacity: null, lateMs: () => 0 };
  const why = (crowd: Parameters<typeof admitStream>[0], load: Parameters<typeof admitStream>[1]): string | null => {
    try {
      admitStream(crowd, load, 0);
      return null;
    } catch (cause) {
      return cause instanceof RtvtFault && cause.code === 800107 ? cause.message : 'another failure';
    }
  };

  it('takes a stream while there is room', () => {
    expect(why({ open: 63, most: 64, ofConnection: 15 }, { capacity: 64, lateMs: () => 0 })).toBeNull();
  });

  it('says which limit was reached', () => {
    expect(why({ open: 64, most: 64, ofConnection: 0 }, idle)).toMatch(/64 of 64 are open/);
    expect(why({ open: 16, most: 64, ofConnection: 16 }, idle)).toMatch(/this connection/);
    expect(why({ open: 9, most: 64, ofConnection: 0 }, { capacity: 9, lateMs: () => 0 })).toMatch(/keeps up with 9/);
    expect(why({ open: 1, most: 64, ofConnection: 0 }, { capacity: null, lateMs: () => 900 })).toMatch(/900 ms late/);
  });

  it('takes the first stream whatever was: it is how the load is measured again', () => {
    expect(why({ open: 0, most: 64, ofConnection: 0 }, { capacity: 1, lateMs: () => 5000 })).toBeNull();
  });
});

describe('silenceToEnd', () => {
  const ms = (silence: number | null, seconds: number): number => silenceToEnd(silence, seconds * 16_000) / 16;

  it('is what was asked for while a sentence is short', () => {
    expect([ms(null, 1), ms(300, 7), ms(2000, 8)]).toEqual([480, 300, 2000]);
  });

  it('shrinks while somebody speaks on and on', () => {
    expect(ms(480, 14)).toBeCloseTo(288, 0);
    expect([ms(480, 20), ms(2000, 25)]).toEqual([96, 96]);
  });

  it('never grows, and −1 means never until the sentence is long', () => {
    expect(ms(20, 15)).toBeLessThanOrEqual(96);
    expect(silenceToEnd(-1, 16_000)).toBe(LONGEST_SENTENCE);
    expect(ms(-1, 20)).toBe(96);
  });
});

describe('AddressRate', () => {
  it('counts each address by the minute', () => {
    const rate = new AddressRate(2);
    expect([1, 2, 3].map(() => rate.take('a', 0))).toEqual([true, true, false]);
    expect(rate.take('b', 0)).toBe(true);
    expect(rate.take('a', 60_000)).toBe(true);
  });
});
