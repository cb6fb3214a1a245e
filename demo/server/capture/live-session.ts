import { rmSync, writeFileSync, readFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { ChannelStored, SequencedChunk } from '../../../src/protocols/capture/codec.ts';
import { captureKind } from '../../../src/shared/capture.ts';
import type { CaptureChannelId, CaptureEnd } from '../../../src/shared/capture.ts';
import { UploadFault } from './fault.ts';
import { ClockOffset } from './clock.ts';
import { Lane } from './lane.ts';
import { Spool, SpoolFullError } from './spool.ts';

/** A capture session while bytes come, and a while longer: its lanes, its clock, and who uploads right now. */

export interface LiveSessionParts {
  readonly id: string;
  /** Holds one folder a channel. */
  readonly folder: string;
  readonly recordedUntilMs: (streamId: string) => number | null;
  /** False: no room for more. */
  readonly mayStore: () => boolean;
  /** A chunk came although the session had been given up. */
  readonly onReturn: () => void;
  readonly now: () => number;
  readonly log: Logger;
}

/** Whoever uploads; the newest one counts. */
export interface Uploader {
  fail(fault: UploadFault): void;
  halt(): void;
}

export class LiveSession {
  readonly id: string;
  readonly offset: ClockOffset;
  readonly lanes = new Map<CaptureChannelId, Lane>();
  readonly #parts: LiveSessionParts;
  #uploader: Uploader | null = null;
  /** `wish`: somebody said stop; `away`: nobody came for too long. */
  #over: 'no' | 'wish' | 'away' = 'no';
  /** Runs out when nobody uploads. */
  away: NodeJS.Timeout | undefined;

  constructor(parts: LiveSessionParts) {
    this.#parts = parts;
    this.id = parts.id;
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    this.offset = new ClockOffset(this.#keptOffset());
  }

  add(channel: CaptureChannelId, streamId: string): Lane {
    const { folder, log, now, recordedUntilMs } = this.#parts;
    const onFailure = (cause: Error): void => {
      log.error({ err: cause, session: this.id, channel }, 'the spool of a capture failed');
      this.#uploader?.fail(new UploadFault('disk_full', 'What came could not be stored; come again.'));
    };
    const spool = Spool.open(join(folder, channel), onFailure);
    const lane = new Lane({
      channel,
      streamId,
      spool,
      offset: this.offset,
      kind: captureKind(channel),
      recordedUntilMs: () => recordedUntilMs(streamId),
      onFailure,
      now,
    });
    this.lanes.set(channel, lane);
    return lane;
  }

  get uploader(): Uploader | null {
    return this.#uploader;
  }

  get over(): 'no' | 'wish' | 'away' {
    return this.#over;
  }

  get bytes(): number {
    return [...this.lanes.values()].reduce((sum, { spool }) => sum + spool.bytes, 0);
  }

  get stored(): readonly ChannelStored[] {
    return [...this.lanes.values()].map(({ channel, stored, streamId }) => ({ channel, stored, stream: streamId }));
  }

  /** Everything that was announced is on the disk. */
  get whole(): boolean {
    return [...this.lanes.values()].every(({ whole }) => whole);
  }

  /** The one who was there before is sent away. */
  attach(uploader: Uploader): void {
    this.#uploader?.fail(new UploadFault('taken_over', 'Another connection uploads for this session now.'));
    this.#uploader = uploader;
    clearTimeout(this.away);
  }

  /** True when it was the one that counts. */
  detach(uploader: Uploader): boolean {
    if (this.#uploader !== uploader) return false;
    this.#uploader = null;
    this.#keepOffset();
    return true;
  }

  /** Throws `UploadFault`. */
  take(chunk: SequencedChunk): void {
    const lane = this.#lane(chunk.channel);
    if (chunk.sequence > lane.spool.taken) {
      if (this.#over === 'wish') throw new UploadFault('session_over', 'The session has been stopped.');
      if (!this.#parts.mayStore()) throw new UploadFault('disk_full', 'There is no room for more; come again.');
      if (this.#over === 'away') {
        this.#over = 'no';
        for (const each of this.lanes.values()) each.reopen();
        this.#parts.onReturn();
      }
    }
    try {
      if (lane.take(chunk)) return;
    } catch (cause) {
      if (cause instanceof SpoolFullError) throw new UploadFault('too_fast', cause.message);
      throw cause;
    }
    throw new UploadFault('bad_sequence', `sequence: ${lane.spool.taken + 1} is the next of ${chunk.channel}`, 'sequence');
  }

  /** Throws `UploadFault`. */
  skip(channel: CaptureChannelId, from: number, to: number): void {
    const lane = this.#lane(channel);
    if (lane.skip(from, to)) return;
    throw new UploadFault('bad_sequence', `from: ${lane.spool.taken + 1} is the next of ${channel}`, 'from');
  }

  /** Throws `UploadFault`. */
  end(channel: CaptureChannelId, last: number, reason: CaptureEnd): Lane {
    const lane = this.#lane(channel);
    lane.end(last, reason);
    return lane;
  }

  /** Nothing more comes: of channels that are not named, nothing beyond what is here. */
  finish(why: 'wish' | 'away', last: Readonly<Partial<Record<CaptureChannelId, number>>> = {}): void {
    if (this.#over !== 'wish') this.#over = why;
    for (const lane of this.lanes.values()) lane.end(last[lane.channel] ?? lane.spool.taken, why === 'wish' ? 'stopped' : 'lost');
  }

  /** Lets go of files; `forget`: and of what is in them. */
  async close(forget: boolean): Promise<void> {
    clearTimeout(this.away);
    this.#keepOffset();
    await Promise.all([...this.lanes.values()].map(({ spool }) => spool.close()));
    if (forget) rmSync(this.#parts.folder, { recursive: true, force: true });
  }

  #lane(channel: CaptureChannelId): Lane {
    const lane = this.lanes.get(channel);
    if (lane === undefined) throw new UploadFault('bad_message', `channel: ${channel} was not announced`, 'channel');
    return lane;
  }

  get #clockFile(): string {
    return join(this.#parts.folder, 'clock.json');
  }

  #keptOffset(): number | null {
    if (!existsSync(this.#clockFile)) return null;
    const { offsetMs } = JSON.parse(readFileSync(this.#clockFile, 'utf8')) as { offsetMs?: unknown };
    return typeof offsetMs === 'number' && Number.isFinite(offsetMs) ? offsetMs : null;
  }

  /** Whole or not at all. */
  #keepOffset(): void {
    const { offsetMs } = this.offset;
    if (offsetMs === null || !existsSync(this.#parts.folder)) return;
    writeFileSync(`${this.#clockFile}.tmp`, JSON.stringify({ offsetMs }), { mode: 0o600 });
    renameSync(`${this.#clockFile}.tmp`, this.#clockFile);
  }

  /** Called once the first pings are answered, so that a restart does not begin without a clock. */
  keepClock(): void {
    this.#keepOffset();
  }
}
