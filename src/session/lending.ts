import { catchError, EMPTY, map, Observable, of, tap } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import type { GrantedAudio } from './assistant.ts';
import { answer, ask, type Reply } from './bridge.ts';
import type { Command } from './command.ts';
import type { Host, Stage } from './stage.ts';
import type { SessionState } from './state.ts';
import { isQuestion, type RunQuestion } from './voice-questions.ts';

/** What of the page a running conversation has the use of. */
export interface Lent {
  readonly stage: Stage;
  readonly commands$: Observable<Command>;
  granted(this: void, granted: GrantedAudio): void;
}

/** One run: lends the host what it asks for, passes it every command, and follows its state. */
export const converse = (lent: Lent, host: Host, question: RunQuestion): Observable<Partial<SessionState>> =>
  new Observable<Partial<SessionState>>((subscriber) => {
    const lending = answer(host.port, (asked) => lend(lent, asked)).subscribe();
    lending.add(
      ask<Partial<SessionState>>(host.port, question)
        .pipe(map((changes) => ({ ...changes, host: host.kind })))
        .subscribe(subscriber),
    );
    lending.add(
      lent.commands$.subscribe((command) => {
        host.port.postMessage({ command }, []);
      }),
    );
    return lending;
  });

function lend({ stage, granted }: Lent, asked: unknown): Observable<Reply> {
  if (!isQuestion(asked)) return EMPTY;
  switch (asked.what) {
    case 'microphone':
      return stage.microphone(asked.rate).pipe(
        tap((opened) => {
          granted(opened.granted);
        }),
        map(({ port }) => ({ value: port, transfer: [port] })),
      );
    case 'speaker':
      return stage.speaker().pipe(map(({ port }) => ({ value: port, transfer: [port] })));
    case 'token':
      return stage.token(asked.reason).pipe(map((value) => ({ value })));
    case 'tool':
      return stage.tool(asked).pipe(
        catchError((cause: unknown) => of(JSON.stringify({ error: AssistantError.from(cause, 'tool-failed').message }))),
        map((value) => ({ value })),
      );
  }
}
