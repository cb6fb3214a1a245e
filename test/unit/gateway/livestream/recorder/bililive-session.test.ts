import { describe, expect, it } from 'vitest';
import { isSame } from '../../../../../demo/server/livestream/recorder/bililive-api.ts';
import { afterList, filesOf, namedBy, NO_SESSION } from '../../../../../demo/server/livestream/recorder/bililive-session.ts';
import type { Session } from '../../../../../demo/server/livestream/recorder/bililive-session.ts';

/** What bililive-go's lists mean, minute by minute. */

const live = (listening: boolean, recording: boolean, beganS: number | null = null) => ({
  ...{ listening, recording, last_start_time_unix: beganS },
});

describe('a broadcast in the list', () => {
  it('begins, is away, is back, and is over when it stays away', () => {
    let session: Session = NO_SESSION;
    const told: string[] = [];
    const list: (readonly [number, ReturnType<typeof live> | null])[] = [
      ...([
        [0, null],
        [1, live(false, false)],
        [2, live(true, false)],
        [3, live(true, true, 2)],
      ] as const),
      ...([
        [60, live(true, false)],
        [80, live(true, true, 2)],
        [100, live(true, false)],
        [129, live(true, false)],
      ] as const),
      ...([
        [131, live(true, false)],
        [200, live(true, false)],
      ] as const),
    ];
    for (const [atS, shown] of list) {
      const after = afterList(session, shown, atS * 1000, 30_000);
      session = after.session;
      told.push(...after.acts.map((act) => `${String(atS)} ${act}`));
      if (atS === 3) expect(session.beganMs).toBe(2000);
    }
    expect(told).toEqual(['0 add', '1 listen', '3 begin', '60 away', '80 back', '100 away', '131 end']);
  });

  it('that somebody took out of the list is away', () => {
    const { session, acts } = afterList({ beganMs: 5, awaySinceMs: null }, null, 1000, 30_000);
    expect([session.awaySinceMs, acts]).toEqual([1000, ['add', 'away']]);
  });
});

describe('its files', () => {
  const beganMs = Date.parse('2026-11-20T10:00:03Z');
  const names = { host_name: '主播/A', room_name: 'Room', nick_name: '' };
  const file = (path: string, modified: string, bytes = 10) => ({ path, bytes, modifiedMs: Date.parse(modified) });

  it('are those of its host since it began, each once, by the clock on its wall', () => {
    const found = filesOf(
      [
        file('p/主播_A/[2026-11-20 18-00-05][主播_A][Room].flv', '2026-11-20T10:30:00Z'),
        file('p/主播_A/[2026-11-20 18-00-05][主播_A][Room].mp4', '2026-11-20T10:31:00Z'),
        file('p/主播_A/[2026-11-20 18-30-00][主播_A][Room]_PART001.mp4', '2026-11-20T11:00:00Z'),
        file('p/主播_A/[2026-11-19 18-00-00][主播_A][Room].flv', '2026-11-19T11:00:00Z'),
        file('p/主播_A/[2026-11-20 18-00-05][主播_A][Room].jpg', '2026-11-20T10:30:00Z'),
        file('p/主播_A/[2026-11-20 18-40-00][主播_A][Room].flv', '2026-11-20T10:40:00Z', 0),
        file('p/B/[2026-11-20 18-00-05][B][Room].flv', '2026-11-20T10:30:00Z'),
      ],
      names,
      beganMs,
    );
    expect(found.map(({ path, startMs }) => `${path.slice(-12)} ${new Date(startMs).toISOString()}`)).toEqual([
      ...['A][Room].flv 2026-11-20T10:00:05.000Z', '_PART001.mp4 2026-11-20T10:30:00.000Z'],
    ]);
  });

  it('with names that tell no time begin when the broadcast did', () => {
    expect(filesOf([file('主播A.ts', '2026-11-20T10:30:00Z')], names, beganMs)[0]?.startMs).toBe(beganMs);
  });
});

it('its name is the host’s, and no placeholder', () => {
  const shown = { host_name: '主播', room_name: '', initializing: false };
  expect(namedBy(shown, 'x')).toBe('主播');
  for (const none of [
    { ...shown, initializing: true },
    { ...shown, host_name: '获取失败' },
    { ...shown, host_name: ' ' },
  ])
    expect(namedBy(none, 'x')).toBe('x');
});

it('an address is the same however bililive-go writes it', () => {
  expect(isSame('https://live.bilibili.com/1', 'live.bilibili.com/1/')).toBe(true);
  expect(isSame('https://live.bilibili.com/1', 'https://live.bilibili.com/12')).toBe(false);
});
