import { describe, expect, it } from 'vitest';
import { nameInAddress, promptName } from '../../../../../demo/server/livestream/prompts/prompt-name.ts';

const asNodeReads = (path: string): string => Buffer.from(path, 'utf8').toString('latin1');

describe('a name of a prompt', () => {
  it.each(['00.default-summary.md', '01.车企发布会摘要总结.md', 'Résumé (1).md', 'ملخص.md', '📝.md', 'a.b.c.md'])(
    'may be %s',
    (name) => {
      expect(promptName(name)).toEqual({ name: name.normalize('NFC'), wrong: null });
    },
  );

  it('is the same however its accents are written', () => {
    expect(promptName('Re\u0301sume\u0301.md').name).toBe('Résumé.md');
  });

  it.each([
    ['../../etc/passwd.md', 'path'],
    ['a/b.md', 'path'],
    ['a\\b.md', 'path'],
    ['..md/../x.md', 'path'],
    ['/etc.md', 'path'],
    ['.hidden.md', 'seen'],
    ['..md', 'seen'],
    [' a.md', 'seen'],
    ['.md', 'seen'],
    ['', '.md'],
    ['a.txt', '.md'],
    ['a.MD', '.md'],
    ['a\u0000.md', 'control'],
    ['a\n.md', 'control'],
    ['a\u202edm.md', 'control'],
    ['a\u200b.md', 'control'],
    ['\ufeffa.md', 'control'],
    ['a\ud800.md', 'control'],
    [`${'车'.repeat(66)}.md`, '200 bytes'],
  ])('is not %j', (name, why) => {
    const { wrong } = promptName(name);
    expect(wrong).toContain(why);
  });

  it('may have 200 bytes', () => expect(promptName(`${'a'.repeat(197)}.md`).wrong).toBeNull());
});

describe('a name in an address', () => {
  const name = '01.车企发布会摘要总结.md';
  it.each([
    ['raw', asNodeReads(`/livestream/prompts/${name}`)],
    ['percent-encoded', `/livestream/prompts/${encodeURIComponent(name)}`],
    ['half of each', `${asNodeReads('/livestream/prompts/01.车企')}${encodeURIComponent('发布会摘要总结.md')}`],
    ['with a query behind it', `/livestream/prompts/${encodeURIComponent(name)}?x=1`],
    ['as letters, where no server was between', `/livestream/prompts/${name}`],
  ])('is read where it is %s', (_how, url) => expect(nameInAddress(url)).toBe(name));

  it('is no other for looking like one that was read wrongly', () => {
    const odd = 'Ã©.md';
    expect(nameInAddress(`/livestream/prompts/${encodeURIComponent(odd)}`)).toBe(odd);
    expect(nameInAddress('/livestream/prompts/%C3%A9.md')).toBe('é.md');
  });

  it.each(['/livestream/prompts/%e9.md', '/livestream/prompts/\xe9.md', '/elsewhere/a.md'])('is none in %j', (url) =>
    expect(nameInAddress(url)).toBeNull(),
  );

  it('keeps what would lead elsewhere, for promptName to refuse', () => {
    expect(nameInAddress('/livestream/prompts/..%2f..%2fetc%2fpasswd.md')).toBe('../../etc/passwd.md');
  });
});
