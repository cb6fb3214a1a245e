import { describe, expect, it } from 'vitest';
import { before, mayBecome, TASK_STATUSES } from '../../../../demo/server/livestream/task.ts';
import { logLine } from '../../../../demo/server/livestream/task-log.ts';

describe('a task', () => {
  it('goes from its making to its report, and again', () => {
    const way = ['pending', 'listening', 'recording', 'processing', 'completed', 'processing', 'failed', 'processing'] as const;
    for (const [index, to] of way.slice(1).entries()) expect([to, mayBecome(way[index] ?? 'pending', to)]).toEqual([to, true]);
  });

  it('is never told that it became what it is, nor that it is done before it was analysed', () => {
    for (const status of TASK_STATUSES) expect([status, mayBecome(status, status)]).toEqual([status, false]);
    expect(before('completed')).toEqual(['processing']);
    expect(before('recording')).toEqual(['listening']);
  });

  it('is logged as the source does, in UTC', () => {
    expect(logLine(new Date('2025-10-23T10:00:00.123Z'), 'INFO', 'analysing video')).toBe(
      '2025-10-23 10:00:00,123 - INFO - analysing video',
    );
  });
});
