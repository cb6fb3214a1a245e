import { expectTypeOf } from 'vitest';
import '../../src/define.ts';
import type { AssistantOptions, Entry, Phase, Tool, VivaCaptions, VivaVoce } from '../../src/index.ts';

/** What TypeScript tells users of the tags: compiled, never run. */

const tag = document.createElement('viva-voce');
expectTypeOf(tag).toEqualTypeOf<VivaVoce>();
expectTypeOf(document.querySelector('viva-captions')).toEqualTypeOf<VivaCaptions | null>();
expectTypeOf(tag.state).toEqualTypeOf<Phase>();
expectTypeOf(tag.tools).toEqualTypeOf<Readonly<Record<string, Tool>> | null>();
expectTypeOf(tag.start()).resolves.toBeVoid();

tag.addEventListener('viva-state-change', ({ state, previous }) => {
  expectTypeOf(state).toEqualTypeOf<Phase>();
  expectTypeOf(previous).toEqualTypeOf<Phase>();
});
document.addEventListener('viva-transcript', ({ role, final }) => {
  expectTypeOf(role).toEqualTypeOf<Entry['role']>();
  expectTypeOf(final).toBeBoolean();
});
window.addEventListener('viva-before-start', (event) => {
  expectTypeOf(event.options).toEqualTypeOf<AssistantOptions>();
  event.options = { ...event.options, model: 'other' };
});

// @ts-expect-error there is no such word
tag.strings = { begin: 'Go' };
tag.strings = { start: 'Go', 'error-offline': 'No connection' };
