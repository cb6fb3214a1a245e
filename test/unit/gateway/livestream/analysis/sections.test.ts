import { describe, expect, it } from 'vitest';
import { kindsAsked, viewAsked } from '../../../../../demo/server/livestream/analysis/report/asked-kinds.ts';
import { sectionsOf, type Section } from '../../../../../demo/server/livestream/analysis/report/sections.ts';

const headings = (prompt: string): readonly string[] => sectionsOf(prompt).map(({ heading }) => heading);
const tree = (sections: readonly Section[]): unknown =>
  sections.map(({ heading, parts }) => (parts.length === 0 ? heading : [heading, tree(parts)]));

describe('the sections a prompt asks for', () => {
  it('are its headings and the items below them, without title, role and rules', () => {
    const prompt = `# Launch summary
You are an analyst.

## Task
Write a report.

## Overview
## Prices and dates
- Standard version
- Deposit: how much, refundable?
## Rules
- Use Markdown.
- Do not make anything up.
- Keep it under 500 words`;
    expect(tree(sectionsOf(prompt))).toEqual(['Overview', ['Prices and dates', ['Standard version', 'Deposit']]]);
    expect(sectionsOf(prompt)[1]?.parts[1]).toMatchObject({
      topic: 'Deposit: how much, refundable?',
      within: 'Prices and dates',
    });
  });

  it('are numbered and bulleted lines, in Chinese as in English', () => {
    expect(
      headings(
        '1. 发布会核心亮点速览：用一句话概括\n2、车型与售价\n（三）续航与充电\n四、竞品对比\n\n要求：不要编造，使用中文输出。',
      ),
    ).toEqual(['发布会核心亮点速览', '车型与售价', '续航与充电', '竞品对比']);
    expect(headings('- List all prices.\n* **Battery** — capacity\n+ Extract the delivery dates')).toEqual([
      'Prices',
      'Battery',
      'Delivery dates',
    ]);
  });

  it('are found below “output format” and in a fence that shows the form', () => {
    expect(headings('## Role\nYou are an editor\n## Output format\n```markdown\n## Key points\n## Next steps\n```')).toEqual([
      'Key points',
      'Next steps',
    ]);
    expect(headings('**角色**\n你是一名分析师\n**输出要求**\n1. 价格\n2. 日期')).toEqual(['价格', '日期']);
  });

  it('are what running text asks to look at', () => {
    expect(headings('Summarise the stream with a focus on prices, warranty and safety. Keep it short.')).toEqual([
      'Prices',
      'Warranty',
      'Safety',
    ]);
    expect(headings('请您作为一名资深分析师，总结这场发布会，重点关注售价、交付时间和电池技术。不要编造。')).toEqual([
      '售价',
      '交付时间',
      '电池技术',
    ]);
  });

  it.each(['', 'Summarise this broadcast.', '总结本场发布会。', 'You are a helpful assistant.', '```\ncode\n```'])(
    'are none in %j',
    (prompt) => {
      expect(headings(prompt)).toEqual([]);
    },
  );

  it('are at most twenty, of long lines the beginning', () => {
    expect(
      headings(Array.from({ length: 50 }, (_, index) => `${String(index + 1)}. Subject ${String(index)}`).join('\n')),
    ).toHaveLength(20);
    expect(headings(`- ${'word '.repeat(100)}`)[0]?.length).toBeLessThanOrEqual(62);
  });
});

describe('what a section is about', () => {
  it.each([
    ['Prices', 'prices'],
    ['How much does it cost?', 'prices'],
    ['售价与费用', 'prices'],
    ['Release dates', 'dates'],
    ['交付时间', 'dates'],
    ['Key figures', 'figures'],
    ['关键数据', 'figures'],
    ['Next steps', 'plans'],
    ['待办事项', 'plans'],
    ['Open questions', 'questions'],
    ['Contact', 'contacts'],
    ['结论', 'decisions'],
    ['Speakers', 'names'],
  ])('%s: %s', (topic, kind) => expect(kindsAsked(topic).map(({ name }) => name)).toContain(kind));

  it.each([
    ['Timeline', 'timeline'],
    ['时间线', 'timeline'],
    ['What was shown', 'shown'],
    ['发言内容', 'said'],
    ['核心亮点', 'overview'],
    ['Executive summary', 'overview'],
    ['Battery', null],
  ])('%s is a view: %s', (heading, view) => expect(viewAsked(heading)).toBe(view));

  it.each([
    ['prices', ['$29,900', '售价21.59万元起', 'from 20 euros', '¥199'], ['560 km', 'in 2026']],
    ['dates', ['21 October 2026', '2026年10月21日', 'within 14 days', 'next spring'], ['$29,900', 'it may rain']],
    ['contacts', ['support@northwind.example', '+1 555 0142', 'www.example.org'], ['560 km']],
  ])('%s have a form', (name, like, unlike) => {
    const kind = kindsAsked(name)[0]!;
    expect(like.filter((text) => !kind.fits(text))).toEqual([]);
    expect(unlike.filter((text) => kind.fits(text))).toEqual([]);
  });
});
