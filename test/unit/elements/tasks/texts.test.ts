import { describe, expect, test } from 'vitest';
import { stepsDone } from '../../../../src/elements/task-detail/analysis-steps.ts';
import { newTaskWish, pastTaskWish } from '../../../../src/elements/task-form/form-wishes.ts';
import { linesAfter, logLine } from '../../../../src/elements/task-log/log-lines.ts';
import { framesWith, manuscriptJson, manuscriptMarkdown } from '../../../../src/elements/task-manuscript/manuscript-file.ts';
import { newsSentence } from '../../../../src/elements/tasks/news-sentence.ts';
import { fileName } from '../../../../src/elements/tasks/saved-file.ts';
import { taskStrings } from '../../../../src/elements/tasks/task-strings.ts';

/** The small texts of the tasks: log lines, files, wishes, news. */

describe('a log line', () => {
  test('is taken apart', () => {
    expect(logLine('2025-10-23 10:00:00,123 - INFO - analysing video - part 2')).toEqual({
      time: '2025-10-23 10:00:00,123',
      level: 'info',
      text: 'analysing video - part 2',
    });
    expect(logLine('2025-10-23 10:00:00,123 - CRITICAL - no disk').level).toBe('error');
  });

  test('of another shape is text', () => {
    expect(logLine('Traceback:')).toEqual({ time: '', level: '', text: 'Traceback:' });
  });

  test('those after one are counted, all where it has gone', () => {
    expect(linesAfter(['a', 'b', 'c'], 'a')).toBe(2);
    expect(linesAfter(['a', 'b', 'c'], 'c')).toBe(0);
    expect(linesAfter(['a', 'b', 'c'], 'z')).toBe(3);
  });
});

describe('a manuscript', () => {
  const frame = (number: number, text: string) => ({
    number,
    filename: `frame_0000${number}.png`,
    text,
    atMs: null,
    imageUrl: null,
  });
  const manuscript = { title: 'Launch', frames: [frame(1, 'New car\n199 900'), frame(2, '价格 PRICE')] };

  test('is a file of the service’s own shape', () => {
    expect(JSON.parse(manuscriptJson(manuscript))).toEqual({
      title: 'Launch',
      total_frames: 2,
      data: [
        { frame_number: 1, filename: 'frame_00001.png', content: 'New car\n199 900' },
        { frame_number: 2, filename: 'frame_00002.png', content: '价格 PRICE' },
      ],
    });
    expect(manuscriptMarkdown(manuscript)).toBe(
      '# Launch\n\n--- (frame 1 | frame_00001.png)\n\nNew car\n199 900\n\n--- (frame 2 | frame_00002.png)\n\n价格 PRICE\n',
    );
  });

  test('is found in by all words, in any case', () => {
    expect(framesWith(manuscript.frames, 'price 价格')).toHaveLength(1);
    expect(framesWith(manuscript.frames, 'car price')).toHaveLength(0);
    expect(framesWith(manuscript.frames, '  ')).toHaveLength(2);
  });

  test('has a name that no file system minds', () => {
    expect(fileName('../a:b*c?"<d>|', 'md')).toBe('a b c d.md');
    expect(fileName('01.车企发布会', 'md')).toBe('01.车企发布会.md');
    expect(fileName('///', 'json')).toBe('task.json');
  });
});

describe('the news', () => {
  const news = (taskId: string, status: 'recording' | 'completed' | 'deleted') => ({ taskId, name: `Task ${taskId}`, status });

  test('of one task are its last', () => {
    expect(newsSentence([news('1', 'recording'), news('1', 'completed')], taskStrings)).toBe('Task 1: Completed');
  });

  test('of many are counted, each task once', () => {
    const all = [news('1', 'recording'), news('2', 'recording'), news('3', 'deleted'), news('1', 'completed')];
    expect(newsSentence(all, taskStrings)).toBe('3 tasks changed: 1 Completed, 1 Recording, 1 deleted');
  });

  test('of nothing are nothing', () => {
    expect(newsSentence([], taskStrings)).toBe('');
  });
});

describe('a form', () => {
  const form = (values: Readonly<Record<string, string>>): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    return data;
  };

  test('says what a task shall be; what is empty is null', () => {
    const wish = newTaskWish(
      form({ url: ' https://a/b ', name: 'N', start: '2026-11-20T15:00:00', entity: '', prompt: '' }),
      null,
    );
    expect(wish).toEqual({
      url: 'https://a/b',
      name: 'N',
      startMs: new Date('2026-11-20T15:00:00').getTime(),
      entity: null,
      prompt: null,
      image: null,
    });
  });

  test('without a moment says nothing', () => {
    expect(newTaskWish(form({ url: 'u', name: 'n', start: '' }), null)).toBeNull();
    expect(pastTaskWish(form({ url: 'u', name: 'n', start: 'soon', report: '# R' }), null)).toBeNull();
  });

  test('says what an event of the past was', () => {
    const wish = pastTaskWish(form({ url: 'u', name: 'n', start: '2026-01-01T00:00', report: '# R', host: 'H' }), null);
    expect(wish).toMatchObject({ report: '# R', hostName: 'H', entity: null });
  });
});

describe('the steps of an analysis', () => {
  test('before the present one are done, after it to come', () => {
    expect(stepsDone({ step: 'read', percentage: 38.4 })?.map(({ percentage }) => percentage)).toEqual([100, 100, 38, 0, 0]);
  });

  test('that are unknown are told as they are', () => {
    expect(stepsDone({ step: 'upload', percentage: 1 })).toBeNull();
  });
});
