import { BehaviorSubject } from 'rxjs';
import { expect, it } from 'vitest';
import { beside } from '../../../../src/session/interpreter/beside.ts';
import { idleInterpreter } from '../../../../src/session/interpreter.ts';
import type { SessionState } from '../../../../src/session/state.ts';

it('listens while the conversation’s microphone does, and is muted with it', () => {
  const told: string[] = [];
  const interpreter = {
    state: new BehaviorSubject(idleInterpreter),
    start: () => {
      told.push('start');
      return Promise.reject(new Error('refused'));
    },
    stop: () => {
      told.push('stop');
      return Promise.resolve();
    },
    mute: (muted: boolean) => void told.push(muted ? 'mute' : 'unmute'),
  };
  const conversation$ = new BehaviorSubject<Pick<SessionState, 'microphone' | 'muted'>>({ microphone: 'off', muted: false });
  const running = beside(conversation$, interpreter).subscribe();
  conversation$.next({ microphone: 'asking', muted: false });
  conversation$.next({ microphone: 'live', muted: false });
  conversation$.next({ microphone: 'muted', muted: true });
  conversation$.next({ microphone: 'lost', muted: true });
  conversation$.next({ microphone: 'live', muted: false });
  conversation$.next({ microphone: 'off', muted: false });
  expect(told).toEqual(['unmute', 'stop', 'start', 'mute', 'unmute', 'stop']);
  running.unsubscribe();
  conversation$.next({ microphone: 'live', muted: false });
  expect(told).toHaveLength(6);
});
