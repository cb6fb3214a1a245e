import { expect, it } from 'vitest';
import type { Engine, Engines } from '../../../demo/server/engines/engine.ts';
import { roleLines, warmUp } from '../../../demo/server/readiness.ts';
import { fakeEngines } from '../../support/fake-engines.ts';

const without = (rest: Partial<Engines>): Engines => ({ ...fakeEngines(), ...rest });

const failing = <T extends Engine>(engine: T): T => ({ ...engine, warm: () => Promise.reject(new Error('no such model')) });

it('tells who plays which role', async () => {
  const { ready, roles } = warmUp(without({ translate: null, noTranslate: 'this is no Debian' }));
  expect(roles().hear.state).toBe('warming');
  await ready;
  expect(roles().hear.state).toBe('ready');
});

it('is ready without translation, and says why there is none', async () => {
  const engines = without({ translate: null, noTranslate: 'this is no Debian' });
  const { ready, roles } = warmUp(engines);
  await ready;
  expect(roles().translate).toEqual({ name: 'none', state: 'absent', reason: 'this is no Debian' });
  expect(roleLines(engines).at(-1)).toBe('translate none: this is no Debian');
});

it('waits for translation where there is one, and tells its failure', async () => {
  const engines = fakeEngines();
  const translate = {
    name: 'words (fake)',
    pairs: [{ from: 'en', to: 'es' }],
    quality: 'rough' as const,
    translate: (text: string) => Promise.resolve(text),
    warm: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const good = warmUp({ ...engines, translate });
  await good.ready;
  expect(good.roles().translate).toEqual({ name: 'words (fake)', state: 'ready' });
  const bad = warmUp({ ...engines, translate: failing(translate) });
  await expect(bad.ready).rejects.toThrow('no such model');
  expect(bad.roles().translate.state).toBe('failed');
  expect(bad.roles().hear.state).toBe('ready');
});
