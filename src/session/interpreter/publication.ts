import { map, Subscription, type Observable } from 'rxjs';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterState } from '../interpreter.ts';
import { newLines } from './new-lines.ts';
import type { InterpreterStage } from './stage.ts';

type Told = (changes: Pick<InterpreterState, 'room'> & Partial<Pick<InterpreterState, 'notice'>>) => void;

/** The room in which others follow what is interpreted: at most one at a time, told in the state while it is there. */
export class Publication {
  readonly #publish: InterpreterStage['publish'];
  readonly #lines$: Observable<CaptionLine>;
  readonly #told: Told;
  #open: Subscription | null = null;

  constructor(publish: InterpreterStage['publish'], state$: Observable<Pick<InterpreterState, 'lines'>>, told: Told) {
    this.#publish = publish;
    this.#lines$ = state$.pipe(
      map(({ lines }) => lines),
      newLines(),
    );
    this.#told = told;
  }

  /** Another room than before; gives the address under which others follow. Rejects where none can be had. */
  open(): Promise<string> {
    this.close();
    const open = new Subscription();
    this.#open = open;
    return new Promise<string>((resolve, reject) => {
      open.add(
        this.#publish(this.#lines$).subscribe({
          next: ({ room, link }) => {
            this.#told({ room });
            resolve(link);
          },
          error: (cause: unknown) => {
            const error = AssistantError.from(cause);
            this.#told({ room: null, notice: error.toFacts() });
            reject(error);
          },
        }),
      );
    });
  }

  /** Nobody can follow any more. */
  close(): void {
    if (this.#open === null) return;
    this.#open.unsubscribe();
    this.#open = null;
    this.#told({ room: null });
  }
}
