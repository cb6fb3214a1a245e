import { distinctUntilChanged, EMPTY, map, merge, switchMap, tap, type Observable } from 'rxjs';
import type { Interpreter } from '../interpreter.ts';
import type { SessionState } from '../state.ts';

/** An interpreter beside a conversation: it listens while the conversation's microphone does, and is muted with it. Fails never. */
export function beside(
  conversation$: Observable<Pick<SessionState, 'microphone' | 'muted'>>,
  interpreter: Pick<Interpreter, 'start' | 'stop' | 'mute' | 'state'>,
): Observable<never> {
  const listens$ = conversation$.pipe(
    map(({ microphone }) => microphone === 'live' || microphone === 'muted' || microphone === 'lost'),
    distinctUntilChanged(),
    // What cannot begin is told in the interpreter's own state.
    tap((on) => void (on ? interpreter.start().catch(() => interpreter.state.value.error) : interpreter.stop())),
  );
  const muted$ = conversation$.pipe(
    map(({ muted }) => muted),
    distinctUntilChanged(),
    tap((muted) => {
      interpreter.mute(muted);
    }),
  );
  return merge(muted$, listens$).pipe(switchMap(() => EMPTY));
}
