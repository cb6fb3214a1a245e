import type { Transaction } from 'kysely';
import type { Observable } from 'rxjs';
import type { Tables } from '../../store/tables.ts';

/** What is announced: kept with what it announces, told in order, and again to whoever comes back. */

export interface NewNotice {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Default: `livestream_service`. */
  readonly source?: string;
  /** Default: for everybody. */
  readonly room?: string;
}

export interface Notice {
  /** Counts up in the order in which they became true; not by one. */
  readonly id: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly room: string | null;
  readonly at: Date;
}

export interface Notices {
  /** Part of the caller's transaction; to be followed by `poke` once that has ended. */
  add(transaction: Transaction<Tables>, notice: NewNotice): Promise<void>;
  /** There may be new ones: they are told soon. Never throws, never waits. */
  poke(): void;
  /** Hot: each once, in order of `id`, from now on. */
  readonly told$: Observable<Notice>;
  /** Those after `id`, oldest first, at most `limit`. */
  since(id: number, limit: number): Promise<readonly Notice[]>;
  /** Told to who is there, kept nowhere: progress and log lines of a room, what other services say. */
  tell(notice: NewNotice): void;
  /** Hot: what `tell` was given. */
  readonly passing$: Observable<NewNotice>;
  close(): Promise<void>;
}
