import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../src/session/options.ts';
import { runTool } from '../../../src/session/tools.ts';
import { declare } from '../../../src/session/voice-options.ts';

const tool = (run: Tool['run'], timeoutMs = 1_000): Tool => ({
  description: 'd',
  parameters: { type: 'object' },
  run,
  timeoutMs,
});
const call = (run: Tool['run'], input = '{}', timeoutMs?: number): Promise<string> =>
  firstValueFrom(runTool({ it: tool(run, timeoutMs) }, { name: 'it', input }));

describe('runTool', () => {
  it('gives the parsed arguments, and the result as JSON', async () => {
    expect(await call(({ day }) => ({ day, open: 9 }), '{"day":"monday"}')).toBe('{"day":"monday","open":9}');
  });
  it('gives text as it is and nothing as done', async () => {
    expect(await call(() => 'nine')).toBe('nine');
    expect(await call(() => undefined)).toBe('done');
  });
  it('tells what was thrown', async () => {
    expect(await call(() => Promise.reject(new Error('closed')))).toBe('{"error":"closed"}');
  });
  it('gives up a tool that does not answer, and says so to it', async () => {
    let aborted = false;
    const output = await call(
      (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted = true));
        }),
      '{}',
      20,
    );
    expect(JSON.parse(output)).toEqual({ error: 'the tool it did not answer in time' });
    expect(aborted).toBe(true);
  });
  it('refuses arguments that are no object', async () => {
    expect(JSON.parse(await call(() => 'x', '[1]'))).toHaveProperty('error');
    expect(JSON.parse(await call(() => 'x', '{'))).toHaveProperty('error');
  });
  it('knows only its own tools', async () => {
    const output = await firstValueFrom(runTool({}, { name: 'toString', input: '{}' }));
    expect(JSON.parse(output)).toEqual({ error: 'there is no tool named toString' });
  });
  it('declares names, descriptions and schemas, nothing else', () => {
    expect(declare({ it: tool(() => 1) })).toEqual([{ name: 'it', description: 'd', parameters: { type: 'object' } }]);
  });
});
