import { describe, expect, it } from 'vitest';
import { RtspAnswers, RtspError } from '../../../../demo/server/media/ingest/rtsp-answers.ts';

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n\r\n`;
const read = (text: string): readonly (number | null)[] =>
  new RtspAnswers().push(Buffer.from(text, 'latin1')).map(({ status }) => status);

describe('what an RTSP server sends', () => {
  it('is taken apart however it arrives, and put together again unchanged', () => {
    const sdp = 'v=0\r\n$\r\n';
    const all = Buffer.concat([
      Buffer.from(lines('RTSP/1.0 200 OK', 'CSeq: 2', `content-length: ${String(sdp.length)}`) + sdp),
      Buffer.from([0x24, 0, 0, 3, 0x52, 0x0a, 0x0d]),
      Buffer.from(lines('GET_PARAMETER rtsp://x/ RTSP/1.0', 'CSeq: 1')),
      Buffer.from(lines('RTSP/1.0 302', 'CSeq: 3', 'Location: rtsp://10.0.0.1/')),
    ]);
    for (const size of [1, 7, all.length]) {
      const answers = new RtspAnswers();
      const pieces = [];
      for (let at = 0; at < all.length; at += size) pieces.push(...answers.push(all.subarray(at, at + size)));
      expect(pieces.map(({ status, cseq }) => [status, cseq])).toEqual([
        [200, '2'],
        [null, null],
        [null, '1'],
        [302, '3'],
      ]);
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes))).toEqual(all);
    }
  });

  it.each([
    ['an empty line first', '\r\nRTSP/1.0 200 OK\r\n\r\n'],
    ['two lengths', lines('RTSP/1.0 200 OK', 'Content-Length: 90', 'Content-Length: 0')],
    ['a length that is none', lines('RTSP/1.0 200 OK', 'Content-Length: +5')],
    ['a space before the colon', lines('RTSP/1.0 200 OK', 'Content-Length : 5')],
    ['a line that others take for media', lines('RTSP/1.0 200 OK', '$ab')],
    ['a folded line', lines('RTSP/1.0 200 OK', 'X: 1', ' Content-Length: 9')],
    ['a line end that some skip', lines('RTSP/1.0 200 OK', 'X: 1\rLocation: rtsp://10.0.0.1/')],
    ['another protocol', lines('HTTP/1.1 302 Found', 'Location: http://10.0.0.1/')],
    ['no end', `RTSP/1.0 200 OK\r\nX: ${'x'.repeat(20_000)}`],
    ['a line too long', lines('RTSP/1.0 200 OK', `X: ${'x'.repeat(5000)}`)],
  ])('is refused with %s', (_what, text) => {
    expect(() => read(text)).toThrow(RtspError);
  });
});
