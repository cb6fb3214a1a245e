import { catchError, concat, EMPTY, interval, map, merge, mergeMap, Observable, of, Subject, tap, throwError } from 'rxjs';
import type { InterpreterLanguages } from '../../shared/interpretation.ts';
import { address } from './address.ts';
import { again } from './again.ts';
import { Interpreter } from './interpreter.ts';
import { fpnnLink, type Link } from './link.ts';
import { readLanguages, readLoginAnswer, type AvailableLanguages } from './messages-answers.ts';
import { RTVT_CODE, RtvtError } from './messages-errors.ts';
import { METHOD, writeLogin } from './messages.ts';
import { clock, projectOf, VERSION, type InterpreterProtocol, type RtvtOptions, type RtvtToken } from './options.ts';

/** Protocol A: binary FPNN messages, all streams on one connection that is logged in. */

const TICK_MS = 100;

export function fpnn(options: RtvtOptions): InterpreterProtocol {
  const now = options.now ?? clock;
  const url = address(options.url, '/service/websocket').href;

  return (uplink$) =>
    new Observable((subscriber) => {
      /** Of the connection that stands now. */
      let failure$ = new Subject<never>();
      let proven = (): void => undefined;
      const interpreter = new Interpreter({
        now,
        emit: (told) => {
          subscriber.next(told);
        },
        fail: (error) => {
          failure$.error(error);
        },
        proven: () => {
          proven();
        },
        done: () => {
          subscriber.complete();
        },
      });

      const connection$ = again(
        { options, reconnecting: (inMs, error) => subscriber.next({ type: 'reconnecting', inMs, error }) },
        (token, trials) => {
          failure$ = new Subject();
          proven = trials.proven;
          const link$ = fpnnLink({ ...options, url, now }).pipe(
            mergeMap((event) => {
              if (event.type !== 'open') {
                interpreter.take(event);
                return EMPTY;
              }
              const { link } = event;
              const ready$ = concat(
                login(link, options, token).pipe(
                  tap(() => {
                    trials.accepted();
                    interpreter.connected(link);
                  }),
                  mergeMap(() => EMPTY),
                ),
                languages(link).pipe(tap((known) => subscriber.next({ type: 'ready', languages: known }))),
              );
              return ready$;
            }),
          );
          return merge(link$, failure$).pipe(
            catchError((cause: unknown) => {
              interpreter.lost();
              return throwError(() => cause);
            }),
          );
        },
      );

      subscriber.add(
        uplink$.subscribe({
          next: (uplink) => {
            interpreter.up(uplink);
          },
          error: (cause: unknown) => {
            subscriber.error(cause);
          },
          complete: () => {
            interpreter.complete();
          },
        }),
      );
      subscriber.add(interval(TICK_MS).subscribe(() => interpreter.tick()));
      // Speech that is over already needs no connection.
      if (!subscriber.closed) subscriber.add(connection$.subscribe({ error: (cause: unknown) => subscriber.error(cause) }));
    });
}

/** Errors: `token-refused` however the refusal was put, others as the service says. */
const login = (link: Link, options: RtvtOptions, signed: RtvtToken): Observable<void> => {
  const { uid = null, version = VERSION } = options;
  const { token, ts } = signed;
  return link.ask(METHOD.login, writeLogin({ pid: projectOf(options, signed), token, ts, uid, version })).pipe(
    map((fields) => {
      if (!readLoginAnswer(fields)) throw new RtvtError(RTVT_CODE.token);
    }),
  );
};

/** Null where the service does not tell. */
const languages = (link: Link): Observable<InterpreterLanguages | null> =>
  link.ask(METHOD.languages, {}).pipe(
    map((fields) => toLanguages(readLanguages(fields))),
    catchError((cause: unknown) =>
      // What ends the link ends more than this question.
      cause instanceof RtvtError && cause.rtvtCode === RTVT_CODE.closed ? EMPTY : of(null),
    ),
  );

const toLanguages = ({ srcLanguage, pairs, tts, quality }: AvailableLanguages): InterpreterLanguages => ({
  heard: srcLanguage,
  into: pairs,
  spoken: tts ?? [],
  quality: quality === 'rough' || quality === 'model' ? quality : null,
});
