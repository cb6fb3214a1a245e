import { expect, it } from 'vitest';
import { Validators } from '../../../../demo/server/engines/local/answer/tools/validate.ts';

it('checks formats, also of what the tool defines once', () => {
  const root = { $defs: { day: { type: 'string', format: 'date' } } };
  const validators = new Validators(root);
  expect(validators.of({ $ref: '#/$defs/day' })?.('2026-11-20')).toBe(true);
  expect(validators.of({ type: 'string', format: 'date' })?.('tomorrow')).toBe(false);
});

it('does not run a pattern that a client could stop the gateway with', () => {
  const validate = new Validators({}).of({ type: 'string', pattern: '^(a+)+$' });
  const began = performance.now();
  validate?.(`${'a'.repeat(27)}!`);
  expect(performance.now() - began).toBeLessThan(200);
});

it('gives no validator for a schema that is none', () => {
  expect(new Validators({}).of({ type: 'nonsense' })).toBeNull();
  expect(new Validators({}).of({ type: 'string', description: 'a'.repeat(70_000) })).toBeNull();
});
