import { describe, expect, test } from 'vitest';
import { imageAddress, linkAddress } from '../../../../src/elements/task-report/link-policy.ts';
import { characters } from '../../../../src/elements/task-report/markdown-text.ts';

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
