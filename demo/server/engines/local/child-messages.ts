/** What a pool and its forked children say to each other over the IPC channel (serialization `advanced`: typed arrays travel as they are). */

export type ToChild =
  /** First message; `data` goes to the child's set-up. */
  | { readonly type: 'start'; readonly data: unknown }
  /** `credit`: parts that may be sent before `more`; null = one result is wanted. */
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: string;
      readonly args: unknown;
      readonly credit: number | null;
    }
  /** One part was taken by the consumer: one more may be sent. */
  | { readonly type: 'more'; readonly id: number }
  | { readonly type: 'cancel'; readonly id: number };

export type FromChild =
  | { readonly type: 'ready' }
  /** The set-up failed; the child exits after this. */
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'part'; readonly id: number; readonly part: unknown }
  /** Ends the call. `value` is undefined for streams. */
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  /** Ends the call. */
  | { readonly type: 'error'; readonly id: number; readonly message: string };
