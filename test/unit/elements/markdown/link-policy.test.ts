import { describe, expect, test } from 'vitest';
import { answerImage, answerLink, imageAddress, linkAddress } from '../../../../src/elements/markdown/link-policy.ts';
import { characters } from '../../../../src/elements/markdown/characters.ts';

/** Somebody else's Markdown leads nowhere that a page's owner would not want. */

const base = 'https://site.example/demo/tasks.html';
const dot = 'data:image/png;base64,iVBORw0KGgo=';

describe('a link of a report', () => {
  test.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['http://a.example/', 'http://a.example/'],
    ['/docs', 'https://site.example/docs'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    [' \u0001javascript:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['data:text/html,<script>alert(1)</script>', null],
    ['vbscript:x', null],
    ['blob:https://site.example/1', null],
    ['file:///etc/passwd', null],
    ['#task=x', null],
    ['', null],
    ['http://', null],
  ])('%j leads to %j', (href, to) => {
    expect(linkAddress(href, base)).toBe(to);
  });
});

describe('a picture of a report', () => {
  test.each([
    ['/a.png', 'own', 'https://site.example/a.png'],
    [dot, 'own', dot],
    ['https://else.example/a.png', 'own', null],
    ['//else.example/a.png', 'own', null],
    ['https://else.example/a.png', 'all', 'https://else.example/a.png'],
    ['http://else.example/a.png', 'all', null],
    ['/a.png', 'none', null],
    [dot, 'none', null],
    ['data:image/svg+xml;base64,PHN2Zz4=', 'all', null],
    ['data:text/html;base64,PHN2Zz4=', 'all', null],
    ['javascript:alert(1)', 'all', null],
    ['blob:https://site.example/1', 'all', null],
  ] as const)('%j under %s is %j', (src, policy, to) => {
    expect(imageAddress(src, base, policy)).toBe(to);
  });
});

describe('characters that are written as references', () => {
  test.each([
    ['&lt;script&gt;', '<script>'],
    ['a &amp;amp; b', 'a &amp; b'],
    ['&#8364;&#x20AC;', '€€'],
    ['&unknown; &constructor;', '&unknown; &constructor;'],
    ['&#0;&#1114112;', '\ufffd\ufffd'],
  ])('%s', (written, meant) => {
    expect(characters(written)).toBe(meant);
  });
});

describe('a link of an answer', () => {
  test.each([
    ['https://a.example/x', null, 'https://a.example/x'],
    ['http://a.example/x', null, null],
    ['/returns', null, 'https://site.example/returns'],
    ['mailto:a@b.example', null, 'mailto:a@b.example'],
    ['javascript:alert(1)', null, null],
    ['JAVASCRIPT:alert(1)', '*', null],
    ['data:text/html,a', '*', null],
    ['file:///etc/passwd', '*', null],
    ['http://', '*', null],
    ['https://a.example/x', 'b.example', null],
    ['https://A.example/x', 'b.example, a.EXAMPLE', 'https://a.example/x'],
    ['https://deep.a.example/', '*.a.example', 'https://deep.a.example/'],
    ['https://nota.example/', '*.a.example', null],
    ['https://a.example.evil.example/', 'a.example *.a.example', null],
    ['https://a.example@evil.example/', 'a.example', null],
    ['/returns', '', 'https://site.example/returns'],
    ['https://a.example/x', '', null],
    ['mailto:a@b.example', 'b.example', null],
  ])('%j with hosts %j leads to %j', (href, hosts, to) => {
    expect(answerLink(href, base, hosts)).toBe(to);
  });
});

describe('a picture of an answer', () => {
  test.each([
    ['/a.png', null, null],
    ['https://a.example/a.png', null, null],
    [dot, null, null],
    [dot, '*', null],
    [dot, 'data:', dot],
    ['data:image/svg+xml;base64,PHN2Zz4=', 'data:', null],
    ['/a.png', 'site.example', 'https://site.example/a.png'],
    ['https://a.example/a.png', 'a.example', 'https://a.example/a.png'],
    ['http://a.example/a.png', '*', null],
    ['https://b.example/a.png', 'a.example', null],
    ['javascript:alert(1)', '*', null],
  ])('%j with hosts %j is %j', (src, hosts, to) => {
    expect(answerImage(src, base, hosts)).toBe(to);
  });
});
