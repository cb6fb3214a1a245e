import { describe, expect, it } from 'vitest';
import { passagesOf } from '../../../../../demo/server/livestream/analysis/report/passages.ts';
import { escaped, quotedReport } from '../../../../../demo/server/livestream/analysis/report/quoted-report.ts';
import { alike } from '../../../../../demo/server/livestream/analysis/report/text-terms.ts';
import type { Meaning } from '../../../../../demo/server/livestream/analysis/report/choose-quotes.ts';
import type { Transcript } from '../../../../../demo/server/livestream/analysis/task-files.ts';
import { SLIDES } from '../../../../support/slides.ts';

const said = [
  'Good evening and welcome to our autumn launch.',
  'The battery lasts longer than anything we have built before.',
  'You can order it from October for twenty nine thousand nine hundred dollars.',
  'Our team has worked on safety for three years.',
];
const manuscript = {
  title: 'Launch',
  total_frames: SLIDES.length,
  data: SLIDES.map(({ lines }, index) => ({
    ...{ frame_number: index + 1, filename: 'frame_00001.png', content: lines.join('\n') },
    at_ms: index * 60_000,
  })),
};
const transcript: Transcript = {
  unheard: 'nothing',
  hears: ['en'],
  data: said.map((text, index) => ({ start_ms: index * 30_000 + 5000, end_ms: index * 30_000 + 9000, language: 'en', text })),
};
const recorded = { name: 'Launch', manuscript, transcript, durationMs: 420_000 };

function whole<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
const report = (prompt: string, of = recorded, meaning?: Meaning): string =>
  whole(quotedReport(of, prompt, whole(passagesOf(of.manuscript, of.transcript)), meaning)).markdown;
const section = (markdown: string, heading: string): string =>
  markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';

describe('a report of quotes', () => {
  it('says how it was made and of what', () => {
    expect(report('# Prices')).toMatch(
      /^# Launch\n\n> Put together on this machine without a language model: .* Searched: 7 frames, 4 spoken sentences, 00:07:00\.\n/,
    );
  });

  it('fills the sections asked for with timed quotes of what was shown and said', () => {
    const prices = section(report('1. Prices\n2. Safety'), 'Prices');
    expect(prices).toContain('- [00:01:00] Aurora Standard starts at $29,900 *(on screen: Aurora prices)*');
    expect(prices).toContain(
      '- [00:01:05] You can order it from October for twenty nine thousand nine hundred dollars. *(said)*',
    );
    expect(prices).toContain('标准版售价21.59万元起');
    expect(prices).not.toContain('kWh');
    expect(section(report('1. Prices\n2. Safety'), 'Safety')).toBe(
      'Safety\n\n- [00:01:35] Our team has worked on safety for three years. *(said)*\n',
    );
  });

  it('says what it did not find', () => {
    expect(section(report('- Competitors\n- Prices'), 'Competitors')).toBe('Competitors\n\nNot found in the recording.\n\n');
    expect(report('1. 竞品对比')).toContain('## 竞品对比\n\n录制内容中未找到。Not found in the recording.');
  });

  it('finds what is written in the other language', () => {
    const range = section(report('1. 续航里程\n2. 质保'), '续航里程');
    expect(range).toContain('电池容量77千瓦时，续航里程560公里。');
    expect(range).toContain('Range');
    expect(section(report('1. Warranty'), 'Warranty')).toContain('整车质保八年或者十六万公里。');
  });

  it('is another one for another prompt', () => {
    const [one, other] = [report('# Prices'), report('# Battery and charging')];
    const quotes = (text: string): ReadonlySet<string> => new Set(text.split('\n').filter((line) => line.startsWith('- ')));
    const shared = [...quotes(one)].filter((line) => quotes(other).has(line));
    expect(shared.length).toBeLessThan(quotes(one).size / 3);
    expect(other).toContain('The 77 kWh pack covers 560 kilometres on one charge.');
  });

  it('of a prompt without sections is general, in the language of the prompt or else of the slides', () => {
    const headings = (text: string): readonly string[] => [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? '');
    expect(headings(report('Summarise this broadcast.'))).toEqual([
      ...['Overview', 'What was shown', 'What was said', 'Prices', 'Key figures', 'Dates', 'Timeline'],
    ]);
    expect(headings(report(''))[0]).toBe('内容概述');
    expect(section(report('Summarise this broadcast.'), 'Timeline')).toContain('- [00:02:00] Battery and charging *(on screen)*');
  });

  it('quotes nothing twice under a heading, but two prices that differ in a figure', () => {
    const frames = ['Sale\nNow $100', 'Sale\nNow $100', 'Sale\nNow $10O', 'Sale\nNow $200'];
    const data = frames.map((content, index) => ({ frame_number: index, filename: '', content, at_ms: index * 1000 }));
    const text = report('# Prices', {
      ...recorded,
      manuscript: { title: '', total_frames: 4, data },
      transcript: { ...transcript, data: [] },
    });
    expect(text.match(/Now \$100/g)).toHaveLength(1);
    expect(text.match(/Now \$200/g)).toHaveLength(1);
  });

  it('quotes a line once that comes back an hour later', () => {
    const lines = [
      'It costs $5',
      ...Array.from({ length: 100 }, (_, index) => `Line ${'abcdefghij'[index % 10] ?? ''}${String(index)}`),
      'It costs $5',
    ];
    const data = lines.map((content, index) => ({ frame_number: index, filename: '', content, at_ms: index * 60_000 }));
    const passages = whole(passagesOf({ title: '', total_frames: data.length, data }, null));
    expect(passages.filter(({ text }) => text === 'It costs $5').map(({ atMs }) => atMs)).toEqual([0]);
  });

  it('finds the lines of a slide by its heading', () => {
    const contents = ['Safety\nEight airbags\nFive stars in the crash', 'Colours\nRed and blue'];
    const data = contents.map((content, index) => ({ frame_number: index, filename: '', content, at_ms: index * 1000 }));
    const text = report('# Safety\n\n# Seats', { ...recorded, manuscript: { title: '', total_frames: 2, data } });
    expect(section(text, 'Safety')).toContain('- [00:00:00] Eight airbags *(on screen: Safety)*');
    expect(section(text, 'Safety')).not.toContain('Red');
  });

  it('takes a meaning where words do not meet', () => {
    const meaning: Meaning = (topic, { text }) => (topic.includes('durability') && text.includes('3,000 cycles') ? 0.8 : 0);
    expect(section(report('# Durability\n', recorded), 'Durability')).toContain('Not found');
    expect(report('- durability', recorded, meaning)).toContain('3,000 cycles');
  });

  it('tells in its own language what was not heard', () => {
    const deaf = { ...recorded, transcript: { unheard: 'chinese' as const, hears: ['en', 'es'], data: [] } };
    expect(report('# Prices', deaf)).toContain('Chinese speech is not heard here (heard: en, es)');
    expect(report('1. 价格', deaf)).toContain('本机不识别中文语音（可识别：en, es）');
  });

  it('shows what was read as text, never as Markdown', () => {
    expect(escaped('<script>[x](javascript:1) *a*')).toBe('\\<script\\>\\[x\\](javascript:1) \\*a\\*');
    const data = [{ frame_number: 1, filename: '', content: '<img src=x> costs $5', at_ms: 0 }];
    expect(report('# Prices', { ...recorded, manuscript: { title: '', total_frames: 1, data } })).toContain(
      '\\<img src=x\\> costs $5',
    );
  });
});

it('texts are alike by their letters', () => {
  expect(alike('Aurora Standard', 'aurora  standard!')).toBe(1);
  expect(alike('充电速度', '充电的速度')).toBeGreaterThan(0.5);
  expect(alike('a price', 'something entirely different')).toBe(0);
});
