import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../demo/server/log.ts';
import { EngineFailedError } from '../../../demo/server/engines/engine.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  write(createLog({ logLevel: 'trace' }, sink));
  return text;
}

describe('the log', () => {
  it('hides credentials and what was said, where they stand and one level down', () => {
    const text = logged((log) =>
      log.info({
        authorization: 'Bearer s3cret',
        headers: { cookie: 's3cret' },
        session: { instructions: 's3cret', apiKey: 's3cret' },
        event: { transcript: 's3cret', audio: 's3cret', text: 's3cret', value: 's3cret' },
      }),
    );
    expect(text).not.toContain('s3cret');
    expect(text).toContain('[hidden]');
  });

  it('tells an error by name and place, and only engines in their own words', () => {
    const text = logged((log) => {
      log.error({ err: new Error('the user said s3cret') });
      log.error({ err: new EngineFailedError('the ear has died') });
    });
    expect(text).not.toContain('s3cret');
    expect(text).toContain('the ear has died');
    expect(text).toContain('log.test.ts');
  });
});
