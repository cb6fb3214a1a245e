/** What crosses between the gateway and the thread that PostgreSQL runs in. */

export interface QueryMessage {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type AnswerMessage =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly affected: number }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | undefined } };

/** `closing`: no more queries; the thread ends once the files are in order. */
export type ToEmbedded = QueryMessage | 'closing';
export type FromEmbedded = AnswerMessage | 'ready';
