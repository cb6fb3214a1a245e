import '../../src/elements/captions/define.ts';
import '../../src/elements/interpreter/define.ts';
import '../../src/elements/live-captions/define.ts';
import type { InterpreterState } from '../../src/session/interpreter.ts';
import { AssistantError } from '../../src/shared/errors.ts';
import { ms } from '../../src/shared/time.ts';
import { captionLine, FakeInterpreter } from './fake-interpreter.ts';

/** A page on which a script plays a conversation into captions or an interpreter, step by step, for somebody to look at. */

const scripts = {
  es: [
    ['Good morning, how can I help you?', 'Buenos días, ¿en qué puedo ayudarle?'],
    [
      'The train to the coast leaves from platform four at twenty past nine.',
      'El tren a la costa sale del andén cuatro a las nueve y veinte.',
    ],
    ['Is there a seat by the window?', '¿Hay un asiento junto a la ventana?'],
  ],
  ar: [
    ['Good morning, how can I help you?', 'صباح الخير، كيف يمكنني مساعدتك؟'],
    [
      'The train to the coast leaves from platform four at twenty past nine.',
      'يغادر القطار إلى الساحل من الرصيف الرابع في التاسعة وعشرين دقيقة.',
    ],
    ['Is there a seat by the window?', 'هل يوجد مقعد بجانب النافذة؟'],
  ],
} as const;

export type Target = keyof typeof scripts;

const part = (text: string, share: number): string => {
  const words = text.split(' ');
  return words.slice(0, Math.max(1, Math.round(words.length * share))).join(' ');
};

/** The second sentence grows from its first words to its translation, then the third begins. */
export const steps = [
  { second: 0, translated: null, third: 0 },
  { second: 0.2, translated: null, third: 0 },
  { second: 0.6, translated: 0.3, third: 0 },
  { second: 0.9, translated: 0.7, third: 0 },
  { second: 1, translated: 1, third: 0 },
  { second: 1, translated: 1, third: 0.5 },
] as const;

const ids = [0, 1, 2].map((index) => captionLine(null, null, { id: `4:near:${index}` }));

function linesAt(target: Target, step: number) {
  const { second, translated, third } = steps[step] ?? steps[0];
  const grown = (text: string, language: string, share: number | null) =>
    share === null || share === 0 ? null : { text: part(text, share), language, final: share === 1 };
  return scripts[target].flatMap(([said, heard], index) => {
    const share = index === 0 ? 1 : index === 1 ? second : third;
    const translation = index === 0 ? 1 : index === 1 ? translated : null;
    const line = ids[index];
    if (share === 0 || line === undefined) return [];
    return [{ ...line, original: grown(said, 'en', share), translation: grown(heard, target, translation) }];
  });
}

const running = (target: Target): Partial<InterpreterState> => ({
  roundTripMs: 42,
  latency: { lastMs: ms(820), meanMs: ms(900), turns: 4 },
  phase: 'listening',
  microphone: 'live',
  from: 'en',
  to: target,
  languages: { heard: ['en', 'es', 'ca'], into: { en: ['es', 'ar', 'ca'], es: ['en'] }, spoken: ['es', 'en'], quality: 'rough' },
});

const stage = () => document.querySelector('#stage') as HTMLElement;
let fake = new FakeInterpreter();

const api = {
  captions(target: Target, attributes: Readonly<Record<string, string>>): void {
    fake = new FakeInterpreter(running(target));
    const tag = document.createElement('viva-captions');
    for (const [name, value] of Object.entries({ 'storage-key': '', ...attributes })) tag.setAttribute(name, value);
    tag.interpreter = fake;
    stage().replaceChildren(tag);
  },
  interpreter(
    target: Target,
    state: 'idle' | 'running' | 'error' | 'shared',
    attributes: Readonly<Record<string, string>>,
  ): void {
    fake = new FakeInterpreter(state === 'idle' ? { from: 'en', to: target } : running(target));
    const tag = document.createElement('viva-interpreter');
    for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
    tag.interpreter = fake;
    if (state === 'error') fake.show({ phase: 'error', error: new AssistantError('microphone-denied', 'x').toFacts() });
    stage().replaceChildren(tag);
    if (state === 'shared')
      void tag.updateComplete.then(() => tag.renderRoot.querySelector<HTMLElement>('[aria-label="Let others follow"]')?.click());
  },
  step(target: Target, step: number): void {
    fake.show({ lines: linesAt(target, step) });
  },
};

declare global {
  var captionsStage: typeof api | undefined;
}

globalThis.captionsStage = api;
