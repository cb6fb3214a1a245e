import { describe, expect, it } from 'vitest';
import { decodeBody, type Body } from '../../../../src/protocols/rtvt/frame-body.ts';
import { readFrame, writeAnswer, writeErrorAnswer, writeQuest, type Frame } from '../../../../src/protocols/rtvt/frame.ts';
import { toHex, vector, vectors } from '../../../support/rtvt-vectors.ts';

/** BigInt where it came as 64 bits, whatever its size: compare by what it says. */
const plain = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value,
    ]),
  );

/** The same message written again from what was read of it. */
function again(frame: Frame): Uint8Array {
  const body = decodeBody(frame.body, frame.encoding).values as Body;
  if (frame.type === 'quest') return writeQuest(frame.method, body, frame.seq, frame);
  const { code, ex } = body;
  return frame.status === 0
    ? writeAnswer(frame.seq, body, frame)
    : writeErrorAnswer(frame.seq, code as number, ex as string, frame);
}

describe('recorded messages', () => {
  it('are all here', () => {
    expect(vectors).toHaveLength(48);
  });

  it.each(vectors.map((one) => [one.id, one] as const))('%s is read to the listed fields', (_, one) => {
    const frame = readFrame(one.bytes);
    expect(frame.version).toBe(one.header.version);
    expect(frame.seq).toBe(one.seq);
    expect(frame.encoding).toBe(one.header.flag === '0x80' ? 'msgpack' : 'json');
    if (frame.type === 'quest') {
      expect(frame.method).toBe(one.method);
      expect(frame.seq === null ? 0 : 1).toBe(one.header.mtype);
    } else expect(frame.status).toBe(one.header.ss);
    const { values } = decodeBody(frame.body, frame.encoding);
    if (one.payload) expect(plain(values)).toEqual(one.payload);
  });

  /** Wider forms than needed, each with its reason in specs §1.3: an official SDK's wrapper, or made so to test a reader. */
  const WIDER = ['web.voiceData.quest', 'variant.push.int64', 'variant.push.str16', 'err.wrongFrameSize.quest'];

  it.each(vectors.filter(({ id }) => !WIDER.includes(id)).map((one) => [one.id, one] as const))(
    '%s is written byte for byte',
    (_, one) => expect(toHex(again(readFrame(one.bytes)))).toBe(toHex(one.bytes)),
  );

  it.each(WIDER)('%s says the same when written in the shortest form', (id) => {
    const first = readFrame(vector(id).bytes);
    const second = readFrame(again(first));
    expect(plain(decodeBody(second.body, 'msgpack').values)).toEqual(plain(decodeBody(first.body, 'msgpack').values));
  });
});
