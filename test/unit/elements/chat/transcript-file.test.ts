import { describe, expect, test } from 'vitest';
import { transcriptFile, transcriptName } from '../../../../src/elements/chat/transcript-file.ts';
import { wordStrings } from '../../../../src/elements/words/word-strings.ts';
import { entry } from '../../../support/fake-assistant.ts';

/** A conversation as a file (complaint 39). */

const words = { ...wordStrings, user: wordStrings.you };
const began = Date.UTC(2026, 10, 20, 9, 30);
const said = [
  entry('user', 'How long do I have?', { id: 'q', at: began }),
  entry('assistant', 'You have thirty days. <b>Living</b> plants: seven & no more.', {
    id: 'a',
    at: began + 2_000,
    status: 'interrupted',
    citations: [{ url: '/returns', title: 'Returns' }],
  }),
  entry('user', 'Thank you', { id: 't', at: began + 65_000, images: ['data:image/jpeg;base64,AA=='] }),
  entry('assistant', 'Not heard yet', { revealed: 0, at: began + 66_000 }),
];
const file = (format: 'txt' | 'json' | 'srt' | 'vtt') => transcriptFile(said, format, words);

test('as text: time, who, and where it was cut', () => {
  expect(file('txt').trimEnd().split('\n')).toEqual([
    '[00:00:00] You: How long do I have?',
    '[00:00:02] Assistant: You have thirty days. <b>Living</b> plants: seven & no more. (cut here)',
    '[00:01:05] You: Thank you',
  ]);
});

test('as JSON', () => {
  expect(JSON.parse(file('json'))).toEqual({
    began: '2026-11-20T09:30:00.000Z',
    lines: [
      {
        id: 'q',
        role: 'user',
        text: 'How long do I have?',
        at: '2026-11-20T09:30:00.000Z',
        interrupted: false,
        pictures: 0,
        sources: [],
      },
      {
        id: 'a',
        role: 'assistant',
        text: 'You have thirty days. <b>Living</b> plants: seven & no more.',
        at: '2026-11-20T09:30:02.000Z',
        interrupted: true,
        pictures: 0,
        sources: [{ url: '/returns', title: 'Returns' }],
      },
      { id: 't', role: 'user', text: 'Thank you', at: '2026-11-20T09:31:05.000Z', interrupted: false, pictures: 1, sources: [] },
    ],
  });
});

describe('as subtitles', () => {
  test('a line goes when the next comes', () => {
    const times = [...file('srt').matchAll(/^(\S+) --> (\S+)$/gm)].map(([, from, to]) => [from, to]);
    expect(times[0]).toEqual(['00:00:00,000', '00:00:01,440']);
    expect(times[1]?.[0]).toBe('00:00:02,000');
    expect(times.at(-1)?.[0]).toBe('00:01:05,000');
    const quick = [entry('user', 'A question of some length', { at: 0 }), entry('assistant', 'Yes', { at: 300 })];
    expect(transcriptFile(quick, 'srt', words)).toContain('00:00:00,000 --> 00:00:00,300');
  });

  test('without marks of Markdown, which text and JSON keep', () => {
    const bold = [entry('assistant', 'It costs **six** euro ![x](data:image/png;base64,AAAA).', { at: 0 })];
    expect(transcriptFile(bold, 'srt', words)).toContain('Assistant: It costs six euro x.');
    expect(transcriptFile(bold, 'txt', words)).toContain('**six**');
  });

  test('WebVTT escapes what would be markup', () => {
    expect(file('vtt')).toMatch(/^WEBVTT\n\n1\n/);
    expect(file('vtt').replace(/\n/g, ' ')).toContain('&lt;b&gt;Living&lt;/b&gt; plants: seven &amp; no');
    expect(file('vtt')).not.toContain('<b>');
  });
});

test('of nothing', () => {
  expect(transcriptFile([], 'txt', words)).toBe('');
  expect(JSON.parse(transcriptFile([], 'json', words))).toEqual({ began: null, lines: [] });
  expect(transcriptFile([], 'vtt', words)).toBe('WEBVTT\n\n');
});

test('the name of the file', () => {
  expect(transcriptName(new Date(2026, 10, 20, 9, 5), 'srt')).toBe('conversation-2026-11-20-0905.srt');
});
