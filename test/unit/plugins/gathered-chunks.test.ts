import { expect, it } from 'vitest';
import { gathered } from '../../../demo/plugins/gathered-chunks.ts';
import type { Modules } from '../../../demo/plugins/shared-chunk.ts';

/** Which chunk of the embed build a module goes into, by who uses it. */

interface Uses {
  readonly now?: readonly string[];
  readonly later?: readonly string[];
  readonly characters?: number;
}

const modules = (graph: Readonly<Record<string, Uses>>): Modules => ({
  getModuleInfo: (id) => {
    const { now = [], later = [], characters = 100 } = graph[id] ?? {};
    const importers = Object.keys(graph).filter((other) => graph[other]?.now?.includes(id));
    return { code: ' '.repeat(characters), importedIds: now, dynamicallyImportedIds: later, importers };
  },
});

const graph = modules({
  tag: { now: ['lit'], later: ['parts', 'shell', 'locale', 'consent', 'alone'] },
  parts: { now: ['audio'], later: ['words', 'interpret'] },
  shell: { now: ['lit', 'audio', 'composer', 'icons', 'kept', 'direction', 'menu'], later: ['files'] },
  menu: { now: ['composer'] },
  files: { now: ['composer', 'fitted'] },
  consent: { now: ['kept', 'icons'] },
  words: { now: ['alert', 'captions', 'kept', 'each', 'rows'] },
  alone: { later: ['captions', 'player', 'alerts', 'streams', 'streaming', 'tasks'] },
  streams: { now: ['tabs', 'table', 'stream-words'] },
  streaming: { now: ['client', 'access', 'race'], later: ['follow'] },
  follow: { now: ['client', 'access', 'race'] },
  tasks: { now: ['access', 'table', 'race'], later: ['task'] },
  task: { now: ['tabs'] },
  captions: { now: ['rows', 'lines', 'font'] },
  player: { now: ['each', 'icons', 'seek', 'font', 'film'], later: ['film'] },
  alerts: { now: ['each'] },
  interpret: { now: ['lines', 'race', 'noise'] },
  table: { now: ['heavy'] },
  heavy: { characters: 9000 },
  locale: { now: ['direction'] },
  font: { characters: 9000 },
});

const chunk = gathered({
  there: ['tag', 'parts'],
  apart: ['interpret', 'locale'],
  panel: ['shell', 'menu'],
  words: ['words'],
  later: ['files'],
  alone: 'alone',
  pure: 'interpret',
  desks: [
    ['streams', 'streaming'],
    ['tasks', 'task'],
  ],
  streaming: ['follow', 'streaming'],
});

it.each([
  ['panel', 'what the panel is made of', ['shell', 'menu', 'composer']],
  ['words', 'what words alone need', ['words', 'alert']],
  ['tag', 'what panel or words share with a feature of the tag', ['kept']],
  ['ui', 'what they share with elements that stand alone', ['icons', 'each']],
  ['desk', 'what several desks have, or what they fetch later has', ['tabs', 'access']],
  ['streaming', 'the client of streams with what works on them', ['client', 'streaming', 'follow']],
  ['pure', 'what of a desk also runs in a worker', ['race']],
])('%s: %s', (name, _what, ids) => {
  expect(ids.map((id) => chunk(id, graph))).toEqual(ids.map(() => name));
});

it.each([
  ['what is there before', ['tag', 'lit', 'parts', 'audio']],
  ['what is fetched when nothing else is wanted', ['direction']],
  ['what runs where there is no page', ['lines']],
  ['a feature, an element, and what is theirs alone', ['consent', 'player', 'seek', 'film', 'files', 'fitted']],
  ['captions, which words have in them and which stand alone', ['captions', 'rows']],
  ['what is large, and what needs it', ['font', 'heavy', 'table']],
  ['a desk, and what is its alone', ['streams', 'stream-words', 'tasks', 'task', 'noise']],
])('the bundler decides on %s', (_what, ids) => {
  expect(ids.filter((id) => chunk(id, graph) !== null)).toEqual([]);
});
