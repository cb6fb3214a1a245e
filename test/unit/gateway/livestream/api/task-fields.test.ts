import { describe, expect, it } from 'vitest';
import { manuscriptText } from '../../../../../demo/server/livestream/api/manuscript-text.ts';
import { publicUrl } from '../../../../../demo/server/livestream/api/public-url.ts';
import { isoDate, limit, line, oneOf, optionalLine, shownUrl } from '../../../../../demo/server/livestream/api/task-fields.ts';

describe('a time', () => {
  it.each([
    ['2025-01-20T10:00:00Z', '2025-01-20T10:00:00.000Z'],
    ['2025-01-20T10:00:00.123456Z', '2025-01-20T10:00:00.123Z'],
    ['2025-01-20T10:00:00+08:00', '2025-01-20T02:00:00.000Z'],
    ['2025-01-20T23:30:00-05:00', '2025-01-21T04:30:00.000Z'],
    ['2025-01-20T10:00:00', '2025-01-20T10:00:00.000Z'],
    ['2025-01-20 10:00', '2025-01-20T10:00:00.000Z'],
    ['2025-01-20', '2025-01-20T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => expect(isoDate.parse(text).toISOString()).toBe(iso));

  it.each([
    '',
    'tomorrow',
    '20.1.2025',
    '2025-02-30T10:00:00Z',
    '2025-02-30T10:00:00+02:00',
    '2025-13-01',
    '1737367200',
    '2025-01-20T25:00Z',
  ])('%j is none', (text) => expect(isoDate.safeParse(text).success).toBe(false));
});

describe('fields', () => {
  it('are one line without a zero byte; empty is absent', () => {
    expect(line(5).safeParse('a\u0000b').success).toBe(false);
    expect(line(5).safeParse('a\nb').success).toBe(false);
    expect(line(5).safeParse('   ').success).toBe(false);
    expect(line(5).safeParse('abcdef').success).toBe(false);
    expect(line(5).parse(' 新车 ')).toBe('新车');
    for (const nothing of ['', '  ', null, undefined]) expect(optionalLine(5).parse(nothing)).toBeNull();
  });

  it('of a query: empty is the standard', () => {
    expect([limit.parse(''), limit.parse(undefined), limit.parse('7')]).toEqual([20, 20, 7]);
    for (const wrong of ['0', '-1', '1.5', '101', 'x']) expect(limit.safeParse(wrong).success).toBe(false);
    const order = oneOf(['asc', 'desc'], 'desc');
    expect([order.parse(''), order.parse('asc'), order.safeParse('up').success]).toEqual(['desc', 'asc', false]);
  });

  it('that are shown as links are no scripts', () => {
    expect(shownUrl.safeParse('https://example.com/x').success).toBe(true);
    for (const text of ['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'x'])
      expect(shownUrl.safeParse(text).success).toBe(false);
  });
});

describe('a URL for everybody', () => {
  it.each([
    ['https://live.bilibili.com/12345', 'https://live.bilibili.com/12345'],
    ['https://video.example/watch?v=abc', 'https://video.example/watch?v=abc'],
    ['https://me:secret@cdn.example/a.m3u8?v=1&token=abc', 'https://cdn.example/a.m3u8?v=1'],
    ['rtsp://me:secret@camera.example/1?key=abc', 'rtsp://camera.example/1'],
    ['file:///home/me/films/launch.mp4', 'file:///launch.mp4'],
    ['what', ''],
  ])('%s is %s', (url, shown) => expect(publicUrl(url)).toBe(shown));
});

it('a manuscript as one text names each frame', () => {
  const data = [
    { frame_number: 1, filename: 'frame_00001.png', content: '磁浮路感 贴地飞行' },
    { frame_number: 2, filename: 'frame_00002.png', content: 'From 219 900' },
  ];
  expect(manuscriptText({ title: 'New\ncar', total_frames: 2, data })).toBe(
    '# New car\n\n--- (frame 1 | frame_00001.png) ---\n磁浮路感 贴地飞行\n\n--- (frame 2 | frame_00002.png) ---\nFrom 219 900',
  );
});
