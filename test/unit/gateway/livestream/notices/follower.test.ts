import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { topicsOf, socketText } from '../../../../../demo/server/livestream/notices/envelope.ts';
import { Follower, isComplete } from '../../../../../demo/server/livestream/notices/follower.ts';
import type { KeptNotices } from '../../../../../demo/server/livestream/notices/create-notices.ts';
import type { Notice } from '../../../../../demo/server/livestream/notices/notices.ts';
import { framed, RecentNotices } from '../../../../../demo/server/livestream/notices/recent-notices.ts';
import { textFrame } from '../../../../../demo/server/http/sockets.ts';
import type { FramedPeer } from '../../../../../demo/server/http/sockets.ts';
import { batches } from '../../../../../demo/server/livestream/notices/batch.ts';

const notice = (id: number, type = 'task_created'): Notice => ({
  ...{ id, type, data: {}, source: 'livestream_service', room: null, at: new Date(0) },
});

/** What a client reads out of frames that a server wrote. */
function texts(frames: Buffer): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < frames.length;) {
    expect(frames[at]).toBe(0x81);
    const short = frames[at + 1] ?? 0;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length = short < 126 ? short : short === 126 ? frames.readUInt16BE(at + 2) : Number(frames.readBigUInt64BE(at + 2));
    found.push(frames.subarray(at + header, at + header + length).toString('utf8'));
    at += header + length;
  }
  return found;
}

/** A database of notices up to `stored`, of which the hub told up to `told`; reads wait until they are let through. */
function scene({
  stored,
  told,
  recentFrom = told,
  oldest = 1,
}: {
  stored: number;
  told: number;
  recentFrom?: number;
  oldest?: number;
}) {
  const state = { stored, told };
  const waiting: (() => void)[] = [];
  const notices = {
    get lastId() {
      return state.told;
    },
    oldestId: () => Promise.resolve(oldest),
    since: (id: number, limit: number) =>
      new Promise<readonly Notice[]>((resolve) => {
        waiting.push(() => {
          const found = Array.from({ length: state.stored }, (_, at) => notice(at + 1)).filter(
            (one) => one.id > id && one.id >= oldest,
          );
          resolve(found.slice(0, limit));
        });
      }),
  } as unknown as KeptNotices;
  const recent = new RecentNotices(recentFrom);
  const heard: (number | string)[] = [];
  const hear = (text: string): void => {
    const { id, type, data } = JSON.parse(text) as { id?: number; type: string; data: { replay?: { complete: boolean } } };
    heard.push(id ?? (data.replay === undefined ? type : `${type} ${data.replay.complete}`));
  };
  const peer = {
    open: true,
    tell: (text: Buffer) => hear(text.toString()),
    tellFrames: (frames: Buffer) => texts(frames).forEach(hear),
    drained: () => Promise.resolve(),
    close: (code: number) => heard.push(code),
  } as unknown as FramedPeer;
  const follow = (since: number | null): Follower =>
    new Follower(peer, {
      ...{ log: pino({ level: 'silent' }), notices, recent, topic: 'everything', since },
      greeting: (replay) => socketText('hello', replay === null ? {} : { replay }, new Date(0)),
    });
  const tell = (follower: Follower, id: number): void => {
    state.stored = Math.max(state.stored, id);
    state.told = id;
    const one = framed(notice(id));
    recent.add(one);
    const batch = batches([one]).get('everything');
    if (batch !== undefined) follower.tell(batch);
  };
  const read = async (): Promise<void> => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    waiting.shift()?.();
    await new Promise(setImmediate);
  };
  return { follow, tell, heard, read, waiting, state };
}

describe('a follower', () => {
  it('without `since` hears what comes', () => {
    const { follow, tell, heard } = scene({ stored: 3, told: 3 });
    tell(follow(null), 4);
    expect(heard).toEqual(['hello', 4]);
  });

  it('is told what it missed out of memory where that has all of it', () => {
    const { follow, tell, heard, waiting } = scene({ stored: 3, told: 3 });
    for (const id of [4, 5, 6]) tell(follow(null), id);
    heard.length = 0;
    tell(follow(4), 7);
    expect(heard).toEqual(['hello true', 5, 6, 7]);
    expect(waiting).toHaveLength(0);
  });

  it('is told what it missed out of the database, and each once of what is told meanwhile', async () => {
    const { follow, tell, heard, read } = scene({ stored: 3, told: 3 });
    const follower = follow(1);
    await read();
    expect(heard).toEqual(['hello true', 2, 3]);
    tell(follower, 4);
    expect(heard).toEqual(['hello true', 2, 3, 4]);
  });

  it('loses nothing that is told between two reads', async () => {
    const { follow, tell, heard, read, state } = scene({ stored: 600, told: 600 });
    const follower = follow(0);
    await read();
    expect(heard).toHaveLength(501);
    // Told to those who are there, while this one still reads.
    tell(follower, 601);
    await read();
    expect(heard.at(-1)).toBe(601);
    // The database was ahead of what is told: it is not told again.
    state.stored = 603;
    tell(follower, 602);
    tell(follower, 602);
    expect(heard.slice(1)).toEqual(Array.from({ length: 602 }, (_, at) => at + 1));
  });

  it('does not hear twice what the database had before it was told', async () => {
    const { follow, tell, heard, read } = scene({ stored: 5, told: 3 });
    const follower = follow(1);
    await read();
    expect(heard).toEqual(['hello true', 2, 3, 4, 5]);
    for (const id of [4, 5, 6]) tell(follower, id);
    expect(heard).toEqual(['hello true', 2, 3, 4, 5, 6]);
  });

  it('knows when something it missed is gone', async () => {
    const { follow, heard, read } = scene({ stored: 9, told: 9, oldest: 5 });
    follow(2);
    await read();
    expect(heard).toEqual(['hello false', 5, 6, 7, 8, 9]);
  });

  it('of another database begins anew', () => {
    const { follow, tell, heard } = scene({ stored: 3, told: 3 });
    tell(follow(900), 4);
    expect(heard).toEqual(['hello false', 4]);
  });
});

describe('what is told together', () => {
  it('is one Buffer a topic, of which who came meanwhile gets the rest', () => {
    const { follow, heard } = scene({ stored: 3, told: 3 });
    const follower = follow(null);
    const all = [framed(notice(3)), framed(notice(4, 'alert')), framed(notice(5))];
    const told = batches(all);
    expect(texts(told.get('tasks')?.frames ?? Buffer.alloc(0))).toHaveLength(2);
    follower.tell(told.get('everything')!);
    expect(heard).toEqual(['hello', 4, 5]);
  });

  it.each([0, 125, 126, 65_535, 65_536, 200_000])('frames %i bytes as RFC 6455 has it', (length) => {
    const text = '新'.repeat(Math.floor(length / 3)) + 'x'.repeat(length % 3);
    expect(texts(Buffer.concat([textFrame(text), textFrame('next')]))).toEqual([text, 'next']);
  });
});

describe('what is kept', () => {
  it.each([
    { since: 0, oldest: null, last: 0, complete: true },
    { since: 7, oldest: null, last: 7, complete: true },
    { since: 6, oldest: null, last: 7, complete: false },
    { since: 4, oldest: 5, last: 9, complete: true },
    { since: 3, oldest: 5, last: 9, complete: false },
  ])('after $since, with $oldest as the oldest and $last told: $complete', ({ since, oldest, last, complete }) => {
    expect(isComplete(since, oldest, last)).toBe(complete);
  });

  it('in memory is bounded, and says from where on', () => {
    const recent = new RecentNotices(0, 4);
    for (let id = 1; id <= 6; id++) recent.add(framed(notice(id)));
    expect([recent.has(1), recent.has(2)]).toEqual([false, true]);
    expect(recent.after(4).map(({ id }) => id)).toEqual([5, 6]);
    expect(recent.after(6)).toEqual([]);
  });
});

it('rooms hear what is theirs, `/ws/livestream` tasks, `/ws` the rest too', () => {
  expect(topicsOf({ type: 'task_log', room: 'task-1' })).toEqual(['room:task-1']);
  expect(topicsOf({ type: 'task_created', room: null })).toEqual(['everything', 'tasks']);
  expect(topicsOf({ type: 'alert' })).toEqual(['everything']);
});
