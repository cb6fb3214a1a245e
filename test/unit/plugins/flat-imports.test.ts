import type { Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { flatImports } from '../../../demo/plugins/flat-imports.ts';
import { inlinedRuntime } from '../../../demo/plugins/inlined-runtime.ts';

/** Chunks after the bundler: each names all that it needs, and none fetches the bundler's runtime. */

type Chunk = Pick<Rolldown.OutputChunk, 'fileName' | 'code' | 'imports' | 'isDynamicEntry' | 'moduleIds' | 'name' | 'exports'>;

const chunk = (fileName: string, code: string, imports: string[], more: Partial<Chunk> = {}): Chunk & { type: 'chunk' } => ({
  type: 'chunk',
  fileName,
  code,
  imports,
  isDynamicEntry: false,
  moduleIds: [],
  name: '',
  exports: [],
  ...more,
});

function after(plugin: ReturnType<typeof flatImports>, ...chunks: readonly Chunk[]): Record<string, Chunk> {
  const bundle = Object.fromEntries(chunks.map((each) => [each.fileName, each]));
  (plugin.generateBundle as (options: object, bundle: object) => void)({}, bundle);
  return bundle;
}

it('names what its imports import, and what is there before no second time', () => {
  const bundle = after(
    flatImports('tag.js'),
    chunk('tag.js', '', ['chunks/lit.js']),
    chunk('chunks/lit.js', '', []),
    chunk('chunks/panel.js', 'import"./ui.js";', ['chunks/ui.js'], { isDynamicEntry: true }),
    chunk('chunks/ui.js', '', ['chunks/styles.js', 'chunks/lit.js']),
    chunk('chunks/styles.js', '', []),
  );
  expect(bundle['chunks/panel.js']?.code).toBe('import"./styles.js";import"./ui.js";');
  expect(bundle['chunks/panel.js']?.imports).toEqual(['chunks/ui.js', 'chunks/styles.js']);
  expect(bundle['chunks/ui.js']?.code).toBe('');
});

const runtime = chunk('chunks/runtime-AAAA.js', '', [], {
  name: 'runtime',
  moduleIds: ['\0rolldown/runtime.js'],
  exports: ['t'],
});

it('makes a namespace by a function of its own', () => {
  const code = 'import{t as a}from"./runtime-AAAA.js";const told=a({one:()=>one});let one=1;one=2;told';
  const bundle = after(inlinedRuntime(), runtime, chunk('chunks/x.js', code, ['chunks/runtime-AAAA.js']));
  expect(Object.keys(bundle)).toEqual(['chunks/x.js']);
  expect(bundle['chunks/x.js']?.imports).toEqual([]);
  // eslint-disable-next-line no-eval -- what the plugin wrote is a script
  expect((0, eval)(bundle['chunks/x.js']?.code ?? '')).toHaveProperty('one', 2);
});

it('does not guess what it does not know', () => {
  const other = chunk('chunks/x.js', 'import*as a from"./runtime-AAAA.js";', ['chunks/runtime-AAAA.js']);
  expect(() => after(inlinedRuntime(), runtime, other)).toThrow('chunks/x.js');
  expect(() => after(inlinedRuntime(), { ...runtime, exports: ['t', 'n'] })).toThrow('t,n');
  expect(() => after(inlinedRuntime())).toThrow('no runtime');
});
