import type { Levels } from '../../src/session/assistant.ts';
import type { SessionState } from '../../src/session/state.ts';
import { AssistantError } from '../../src/shared/errors.ts';
import { ms } from '../../src/shared/time.ts';
import { entry } from './fake-assistant.ts';

/** What an assistant is shown doing when its look is looked at. */

export type ShownState = 'idle' | 'connecting' | 'listening' | 'speaking' | 'thinking' | 'muted' | 'error';
type Shown = Partial<SessionState> & { readonly levels?: Levels };

/** `arabic`: what is said is said in Arabic. */
export function shownStates(arabic: boolean): Readonly<Record<ShownState, Shown>> {
  const transcript = arabic
    ? [
        entry('user', 'هل توصلون الطلبات يوم السبت؟'),
        entry('assistant', 'نعم، حتى الساعة السادسة مساءً وفي نطاق عشرين كيلومترًا.', {
          citations: [{ url: '/delivery', title: 'التوصيل' }],
        }),
        entry('user', 'وكم التكلفة؟'),
      ]
    : [
        entry('user', 'Do you deliver on Saturdays?'),
        entry('assistant', 'Yes, until six in the evening and within twenty kilometres of the shop.', {
          citations: [{ url: '/delivery', title: 'Delivery' }],
        }),
        entry('user', 'And what does it cost?'),
      ];
  const answer = entry('assistant', arabic ? 'ستة جنيهات، ومجانًا فوق' : 'Six pounds, and nothing above', { status: 'interim' });
  const latency = { lastMs: ms(420), meanMs: ms(460), turns: 3 };
  return {
    idle: {},
    connecting: { phase: 'connecting', microphone: 'asking' },
    listening: {
      phase: 'listening',
      microphone: 'live',
      userSpeaking: true,
      transcript,
      latency,
      levels: { input: 0.12, output: 0 },
    },
    thinking: { phase: 'thinking', microphone: 'live', transcript, latency },
    speaking: {
      phase: 'speaking',
      microphone: 'live',
      playing: true,
      transcript: [...transcript, answer],
      latency,
      levels: { input: 0, output: 0.2 },
    },
    muted: { phase: 'listening', microphone: 'muted', muted: true, transcript, latency },
    error: { phase: 'error', error: new AssistantError('microphone-denied', 'for engineers').toFacts() },
  };
}
