import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody, encodeBody, readJson, writeJson, type Body, type Value } from '../../../../src/protocols/rtvt/frame-body.ts';
import { FrameStream } from '../../../../src/protocols/rtvt/frame-stream.ts';
import { VoiceFrames } from '../../../../src/protocols/rtvt/frame-voice.ts';
import { readFrame, writeAnswer, writeErrorAnswer, writeQuest } from '../../../../src/protocols/rtvt/frame.ts';
import { readAnswer } from '../../../../src/protocols/rtvt/messages-answers.ts';
import { RtvtError } from '../../../../src/protocols/rtvt/messages-errors.ts';
import { readVoiceData, readVoiceStart } from '../../../../src/protocols/rtvt/messages.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import { hostile, readAll, seeded, streamAll } from '../../../support/rtvt-fuzz.ts';
import { fromHex, vector, vectors } from '../../../support/rtvt-vectors.ts';

const ping = vector('web.ping.quest').bytes;
const changed = (bytes: Uint8Array, at: number, byte: number): Uint8Array => bytes.with(at, byte);
const withBody = (hex: string): Uint8Array => {
  const body = fromHex(hex);
  const bytes = Uint8Array.from([...ping.slice(0, 21), ...body]);
  new DataView(bytes.buffer).setUint32(8, body.length, true);
  return bytes;
};
const fault = (read: () => unknown): { code: string; field: string | null } => {
  try {
    read();
  } catch (cause) {
    if (cause instanceof AssistantError) return { code: cause.code, field: cause.field };
    throw cause;
  }
  return { code: 'none', field: null };
};
const decoded = (bytes: Uint8Array): unknown => {
  const frame = readFrame(bytes);
  return decodeBody(frame.body, frame.encoding);
};

describe('what the reference server drops a connection for', () => {
  it.each([
    ['no magic', changed(ping, 0, 0x47), 'magic'],
    ['half a magic', changed(ping, 3, 0x4f), 'magic'],
    ['mtype 3', changed(ping, 6, 3), 'mtype'],
    ['both encodings', changed(ping, 5, 0xc0), 'flag'],
    ['neither encoding', changed(ping, 5, 0), 'flag'],
    ['zipped', changed(ping, 5, 0xa0), 'flag'],
    ['encrypted', changed(ping, 5, 0x90), 'flag'],
    ['two messages in one', Uint8Array.from([...ping, ...ping]), 'payloadSize'],
    ['a byte too few', ping.slice(0, -1), 'payloadSize'],
    ['a header only', ping.slice(0, 12), 'payloadSize'],
    ['nothing', new Uint8Array(0), 'payloadSize'],
    ['a quest without a method', changed(ping, 7, 0), 'ss'],
    ['a body of 4 GB', Uint8Array.from([...ping.slice(0, 8), 255, 255, 255, 255, ...ping.slice(12)]), 'payloadSize'],
    ['a list', withBody('90'), 'body'],
    ['an integer', withBody('01'), 'body'],
    ['text', withBody('a161'), 'body'],
    ['nil', withBody('c0'), 'body'],
    ['a key that is a number', withBody('810101'), 'body'],
    ['a key that is binary', withBody('81c4016101'), 'body'],
    ['a map cut off', withBody('82a16101'), 'body'],
    ['bytes behind the map', withBody('8000'), 'body'],
    ['a list that claims 4 billion items', withBody('81a161ddffffffff'), 'body'],
    ['text that claims 4 GB', withBody('81a161dbffffffff'), 'body'],
    ['a map that claims 4 billion fields', withBody('dfffffffff'), 'body'],
    ['lists in lists in lists', withBody(`81a161${'91'.repeat(200)}c0`), 'body'],
    ['the byte that means nothing', withBody('81a161c1'), 'body'],
    ['a prototype', withBody('81a95f5f70726f746f5f5f01'), 'body'],
  ])('%s', (_, bytes, field) => {
    expect(fault(() => decoded(bytes))).toEqual({ code: 'bad-message', field });
    expect(Object.prototype).not.toHaveProperty('a');
  });
});

describe('what the reference server takes', () => {
  it.each([0, 1, 2, 9])('version %i, and repeats it', (version) => {
    const quest = readFrame(changed(ping, 4, version));
    expect(readFrame(writeAnswer(quest.seq ?? 0, {}, quest)).version).toBe(version);
  });

  it.each([0, 0xffffffff])('sequence number %i', (seq) => {
    expect(readFrame(writeAnswer(seq)).seq).toBe(seq);
    expect(readFrame(writeQuest('*ping', {}, seq)).seq).toBe(seq);
  });

  it('an empty body on *ping', () => {
    expect(decoded(withBody(''))).toMatchObject({ values: {} });
  });

  it('sound as a string of the same bytes', () => {
    const bytes = fromHex('84a873747265616d496401a373657100a464617461a4ff00fe01a2747301');
    expect(readVoiceData(decodeBody(bytes, 'msgpack')).data).toEqual(fromHex('ff00fe01'));
  });

  it('text that is no UTF-8', () => {
    const short = decodeBody(fromHex('81a3617372a3ffe4b8'), 'msgpack').text('asr');
    expect(typeof short).toBe('string');
    const long = Uint8Array.from([...fromHex('81a3617372da0100'), ...new Uint8Array(256).fill(0xff)]);
    expect(decodeBody(long, 'msgpack').text('asr')).toBe('\ufffd'.repeat(256));
  });
});

describe('integers', () => {
  const seqOf = (hex: string): number =>
    readVoiceData(decodeBody(fromHex(`84a873747265616d496401a3736571${hex}a464617461c400a2747301`), 'msgpack')).seq;

  it.each([
    ['fixint', '05', 5],
    ['uint8', 'cc05', 5],
    ['uint16', 'cd0005', 5],
    ['uint32', 'ce00000005', 5],
    ['uint64', 'cf0000000000000005', 5],
    ['int8', 'd0fb', -5],
    ['int16', 'd1fffb', -5],
    ['int32', 'd2fffffffb', -5],
    ['int64', 'd3fffffffffffffffb', -5],
    ['negative fixint', 'fb', -5],
  ])('are read in every width: %s', (_, hex, value) => expect(seqOf(hex)).toBe(value));

  it.each([
    ['float64', 'cb4014000000000000'],
    ['float32', 'ca40a00000'],
    ['text', 'a135'],
    ['true', 'c3'],
    ['beyond 2^53', 'cf0020000000000001'],
  ])('are nothing else, not even an integral float: %s is 10010', (_, hex) => {
    expect(() => seqOf(hex)).toThrow(expect.objectContaining({ code: 'bad-message', field: 'seq', rtvtCode: 10010 }));
  });

  it('that are missing or nil are 10009', () => {
    expect(() => readVoiceStart(decodeBody(fromHex('80'), 'msgpack'))).toThrow(
      expect.objectContaining({ rtvtCode: 10009, field: 'srcLanguage' }),
    );
    expect(() => seqOf('c0')).toThrow(expect.objectContaining({ rtvtCode: 10009, field: 'seq' }));
  });

  it('are never written as floats, whatever their size', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })), (value) => {
        const bytes = encodeBody({ value }, 'msgpack').slice();
        expect([0xca, 0xcb]).not.toContain(bytes[7]);
        expect(decodeBody(bytes, 'msgpack').id('value')).toBe(BigInt(value));
      }),
    );
  });

  it.each([1.5, NaN, Infinity, 2 ** 60])('%d cannot be written', (value) => {
    expect(fault(() => encodeBody({ value }, 'msgpack'))).toEqual({ code: 'bad-message', field: 'value' });
  });
});

describe('any body', () => {
  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.boolean(),
    fc.integer(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.string(),
    fc.array(fc.string(), { maxLength: 5 }),
  );
  const body: fc.Arbitrary<Body> = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name !== '__proto__'),
    value,
    { maxKeys: 10 },
  );

  it('comes back as it was, in msgpack and in JSON', () => {
    fc.assert(
      fc.property(body, fc.constantFrom('msgpack', 'json'), fc.integer({ min: 0, max: 0xffffffff }), (fields, encoding, seq) => {
        const frame = readFrame(writeQuest('any', fields, seq, { encoding }));
        const read = decodeBody(frame.body, frame.encoding);
        for (const [name, item] of Object.entries(fields)) {
          if (typeof item === 'bigint') expect(read.id(name)).toBe(item);
          else expect(read.values[name]).toEqual(item);
        }
        expect(Object.keys(read.values)).toHaveLength(Object.keys(fields).length);
      }),
    );
  });

  it('JSON whose strings never end is refused at once', () => {
    const begun = performance.now();
    expect(fault(() => readJson(`{"a":1234567890123456,"${'\\"'.repeat(1_000_000)}`)).code).toBe('bad-message');
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('JSON of nonsense is refused, exact where numbers are long', () => {
    for (const text of ['', '[]', '1', '{', 'null', '{"a":}']) expect(fault(() => readJson(text)).code).toBe('bad-message');
    const fields = readJson(
      '{"streamId":4046519136031866897,"asr":"4046519136031866897 \\"12345678901234567890","pi":3.1415926535897931}',
    );
    expect(fields.id('streamId')).toBe(4046519136031866897n);
    expect(fields.text('asr')).toBe('4046519136031866897 "12345678901234567890');
    expect(fields.values['pi']).toBe(Math.PI);
    expect(writeJson({ id: 4046519136031866897n, none: undefined, list: ['a'] })).toBe('{"id":4046519136031866897,"list":["a"]}');
  });
});

describe('error answers', () => {
  const answered = (bytes: Uint8Array): RtvtError => {
    const frame = readFrame(bytes);
    if (frame.type !== 'answer') throw new Error('no answer');
    try {
      readAnswer(frame);
    } catch (cause) {
      if (cause instanceof RtvtError) return cause;
      throw cause;
    }
    throw new Error('it was ok');
  };

  it('are told by their number, whatever else they are', () => {
    expect(answered(vector('err.800200.answer').bytes)).toMatchObject({ rtvtCode: 800200, code: 'session-expired' });
    expect(answered(vector('err.unsupportedLanguage.answer').bytes).message).toContain('unsupported language');
    expect(answered(vector('misc.pythonErrorAnswer').bytes)).toMatchObject({ rtvtCode: 20003, code: 'timed-out' });
    expect(answered(fromHex('46504e4e01800201010000000100000080')).rtvtCode).toBe(10001);
    expect(answered(writeAnswer(1, { code: 800105, ex: 'x' })).rtvtCode).toBe(800105);
    expect(answered(writeErrorAnswer(1, 12345, 'x'))).toMatchObject({ rtvtCode: 12345, code: 'server-error' });
  });

  it('never repeat what the framework quotes of the request', () => {
    const { message } = answered(vector('err.missingParam.answer').bytes);
    expect(message).not.toContain('81700001');
    expect(message).toContain('10009');
  });
});

describe('a byte stream', () => {
  const all = Uint8Array.from(vectors.flatMap(({ bytes }) => [...bytes]));

  it('is cut into its messages wherever its chunks begin and end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 50 }), (lengths) => {
        const stream = new FrameStream();
        const messages: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < all.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1;
          messages.push(...stream.push(all.slice(at, at + length)));
          at += length;
        }
        expect(messages.map((bytes) => bytes.length)).toEqual(vectors.map(({ bytes }) => bytes.length));
        expect(messages.every((bytes, index) => Buffer.from(bytes).equals(vectors[index]!.bytes))).toBe(true);
        expect(stream.pending).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('is given up at the first wrong byte, before more is waited for', () => {
    expect(() => [...new FrameStream().push(Uint8Array.of(0x47))]).toThrow(expect.objectContaining({ field: 'magic' }));
    expect(() => [...new FrameStream(100).push(vector('web.voiceData.quest').bytes)]).toThrow(
      expect.objectContaining({ field: 'payloadSize' }),
    );
  });

  it('holds what came, not what a header claims', () => {
    const stream = new FrameStream();
    const claims = Uint8Array.from([...ping.slice(0, 8), 0, 0, 0x7f, 0, ...ping.slice(12)]);
    expect([...stream.push(claims)]).toEqual([]);
    expect(stream.pending).toBe(claims.length);
  });
});

describe('hostile messages', () => {
  it('end in typed errors, and nothing else', () => {
    const random = seeded(1);
    const seen = { read: 0, refused: 0 };
    for (let round = 0; round < 5000; round++) {
      const { bytes } = hostile(random);
      seen[readAll(bytes)] += 1;
      streamAll(bytes, random);
    }
    expect(seen.refused).toBeGreaterThan(2000);
    expect(seen.read).toBeGreaterThan(200);
  });

  it('every truncation of every recorded message is refused', () => {
    for (const { bytes } of vectors)
      for (let length = 0; length < Math.min(bytes.length, 200); length++)
        expect(fault(() => readFrame(bytes.subarray(0, length))).code).toBe('bad-message');
  });

  it('every single bit of every short recorded message may flip', () => {
    for (const { bytes } of vectors.filter((one) => one.bytes.length < 170))
      for (let bit = 0; bit < bytes.length * 8; bit++)
        readAll(changed(bytes, bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))));
  });
});

describe('voice frames', () => {
  it('are what a plain writer would say, patched', () => {
    const frames = new VoiceFrames();
    const pcm = new Uint8Array(640);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.maxSafeInteger().map(Math.abs),
        fc.integer({ min: 0, max: 255 }),
        (seq, streamId, frame, ts, sound) => {
          const read = readFrame(frames.write(seq, streamId, frame, pcm.fill(sound), ts));
          expect(read).toMatchObject({ type: 'quest', method: 'voiceData', seq, version: 1, encoding: 'msgpack' });
          expect(readVoiceData(decodeBody(read.body, 'msgpack'))).toEqual({
            streamId,
            seq: frame,
            ts,
            data: pcm,
            destLangs: undefined,
          });
        },
      ),
    );
  });

  it('are one array, written over by the next', () => {
    const frames = new VoiceFrames();
    const first = frames.write(1, 1n, 0, new Uint8Array(640), 0);
    expect(frames.write(2, 1n, 1, new Uint8Array(640), 20)).toBe(first);
    expect(() => frames.write(1, 1n, 0, new Uint8Array(320), 0)).toThrow(
      expect.objectContaining({ code: 'bad-option', field: 'data' }),
    );
  });
});
