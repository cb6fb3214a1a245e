import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { frameworkFault, refuseBytes } from '../../../../demo/server/http/framework-fault.ts';

const BAD = { code: 'FST_ERR_BAD_URL', statusCode: 400 };

describe('a path that cannot be read is refused in the words of its door', () => {
  it.each([
    ['/v1/realtime/%ff', 400, { error: { type: 'invalid_request_error', code: 'invalid_path', param: null } }],
    ['/docs/%ff', 400, { error: { code: 'invalid_path' } }],
    ['/rtstream/%ff', 400, { success: false, error_code: 'invalid_path', field: null }],
    ['//videodb//video/%ff?a=1', 400, { success: false, error_code: 'invalid_path' }],
    ['/livestream/tasks/%ff', 422, { code: 'invalid_path', field: 'path' }],
    ['/ws/room/%ff', 422, { code: 'invalid_path' }],
    ['/auth/token/%ff', 422, { code: 'invalid_path' }],
    ['/service/%ff', 500, { code: 800_003 }],
  ])('%s', (url, status, body) => {
    const fault = frameworkFault(url, BAD);
    expect(fault).toMatchObject({ status, body });
    expect(JSON.stringify(fault.body)).toContain('percent sign');
  });

  it('and says nothing of what it was not told', () => {
    expect(frameworkFault('/v1', { code: 'FST_ERR_OTHER' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    });
  });
});

describe('bytes that are no request', () => {
  const answer = (code: string, writable = true): string => {
    const text: Buffer[] = [];
    const socket = new Duplex({
      read: () => undefined,
      write: (bytes: Buffer, _encoding, done) => {
        text.push(bytes);
        done();
      },
    });
    if (!writable) socket.end();
    refuseBytes({ code }, socket);
    socket.destroy();
    return Buffer.concat(text).toString();
  };

  it.each([
    ['HPE_HEADER_OVERFLOW', '431', 'headers_too_large'],
    ['ERR_HTTP_REQUEST_TIMEOUT', '408', 'request_timeout'],
    ['HPE_INVALID_METHOD', '400', 'invalid_request'],
  ])('%s are answered with %s', (code, status, told) => {
    const [head = '', body = ''] = answer(code).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}\r\n`);
    expect(JSON.parse(body)).toMatchObject({ error: { code: told } });
  });

  it('from who is gone are not answered', () => {
    expect(answer('ECONNRESET')).toBe('');
    expect(answer('HPE_INVALID_METHOD', false)).toBe('');
  });
});
