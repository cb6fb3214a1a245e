import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../../src/define.ts';
import { everything as below } from '../../support/tag.ts';
import { fakeDetail, fakeTask } from '../../support/fake-tasks.ts';
import { appears, has, many, mounted, press, rendered, text, unmountAll, within } from '../../support/mounted-tasks.ts';

/** Under a policy that lets no string become script, HTML or style, somebody else's Markdown is read and nothing in it runs. */

const broken: string[] = [];
const note = (event: SecurityPolicyViolationEvent): void => {
  broken.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
};

beforeAll(() => {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'content-security-policy';
  policy.content =
    "img-src 'self' data:; script-src-attr 'none'; style-src-attr 'none'; require-trusted-types-for 'script'; trusted-types lit-html viva-voce";
  document.head.append(policy);
  document.addEventListener('securitypolicyviolation', note);
});
afterAll(() => {
  document.removeEventListener('securitypolicyviolation', note);
});
beforeEach(async () => {
  broken.length = 0;
  history.replaceState(null, '', location.pathname + location.search);
  await page.viewport(1200, 900);
});
afterEach(unmountAll);

const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const evil = `# Report <img src=x onerror="window.ran=1">

<script>window.ran = 2</script>

<iframe srcdoc="<script>parent.ran=3</script>"></iframe>

[a](javascript:window.ran=4) [b](data:text/html,<script>window.ran=5</script>) [c](https://ok.example/x "t\\" onmouseover=\\"window.ran=6")

![p](javascript:window.ran=7) ![q](https://else.example/a.png) ![r](${dot})

<style>* { display: none }</style>

<svg onload="window.ran=8"><a xlink:href="javascript:window.ran=9">x</a></svg>

\`<b>code</b>\` &lt;b&gt;bold&lt;/b&gt; <b>raw</b>

| <img src=x onerror=window.ran=10> | b |
| --- | --- |
| ![](x" onerror="window.ran=11) | <details open ontoggle=window.ran=12> |
`;

const reported = async (report: string, attributes: Readonly<Record<string, string>> = {}) => {
  const task = fakeTask(0, { report, image: dot });
  history.replaceState(null, '', `#task=${task.id}`);
  const all = await mounted([task, ...many(4).slice(1)], {}, attributes, (desk) => desk.details.set(task.id, fakeDetail(task)));
  await appears(all.tag, 'viva-task-report .report');
  return all;
};

test('script in Markdown is dead, and is read as the text it is', async () => {
  const { tag } = await reported(evil);
  const shown = below(within(tag, 'viva-task-report'));
  expect(
    [...new Set(shown.map(({ localName }) => localName))].filter((name) => /script|iframe|style|svg|details|^b$/.test(name)),
  ).toEqual([]);
  expect(
    shown.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style')),
  ).toEqual([]);
  const links = shown.filter((element) => element instanceof HTMLAnchorElement);
  expect(links.map(({ href }) => href)).toEqual(['https://ok.example/x', 'https://else.example/a.png']);
  expect(links.every(({ rel }) => rel === 'noopener noreferrer nofollow ugc')).toBe(true);
  const images = shown.filter((element) => element instanceof HTMLImageElement);
  expect(images.map(({ src }) => src).filter((src) => !src.startsWith('data:') && !src.startsWith(location.origin))).toEqual([]);
  expect(text(tag, 'viva-task-report .report')).toContain('<script>window.ran = 2</script>');
  await rendered(tag);
  expect('ran' in globalThis).toBe(false);
  expect(broken).toEqual([]);
});

test('headings, lists, tables, quotes and code are what they are', async () => {
  const { tag } = await reported(
    '# One\n\n## Two\n\n- a\n  1. b\n- [x] c\n\n> q\n\n```\ncode\n```\n\n| h | i |\n|:-:|--:|\n| j | k |\n\n***\n\n~~l~~ **m** *n*  \no',
  );
  const names = below(within(tag, 'viva-task-report .report')).map(({ localName }) => localName);
  expect(names).toEqual([
    ...['h4', 'h5', 'ul', 'li', 'ol', 'li', 'li', 'blockquote', 'p', 'pre', 'code'],
    ...['div', 'table', 'thead', 'tr', 'th', 'th', 'tbody', 'tr', 'td', 'td', 'hr', 'p', 'del', 'strong', 'em', 'br'],
  ]);
});

test('pictures from elsewhere are loaded only where the tag says so', async () => {
  const { tag } = await reported('![plan](https://else.example/a.png)', { 'report-images': 'all' });
  expect(within(tag, 'viva-task-report img', HTMLImageElement).referrerPolicy).toBe('no-referrer');
  await vi.waitUntil(() => broken.some((each) => each.startsWith('img-src')));
});

test('what is endless or nested without end is shown as it is written', async () => {
  for (const report of ['>'.repeat(20_000), `${'- '.repeat(3000)}x`, '_a_'.repeat(20_000), 'x '.repeat(250_001)]) {
    const { tag } = await reported(report);
    expect(text(tag, 'viva-task-report .report').length).toBeGreaterThan(0);
    // Those that would take their reader for ever are not read at all.
    if (/^[_x]/.test(report)) expect(has(tag, 'viva-task-report .plain')).toBe(true);
    unmountAll();
  }
});

test('nothing that can be opened breaks the policy', async () => {
  const { tag } = await reported('# R');
  for (const view of ['manuscript', 'log', 'about']) {
    within(tag, `#tab-${view}`).click();
    await rendered(tag);
  }
  for (const [name, form] of [
    ['New task', 'viva-task-form form'],
    ['Add a past event', 'viva-task-form textarea'],
    ['Prompts', 'viva-task-prompts form'],
  ] as const) {
    await press(tag, name);
    await appears(tag, form);
    within(tag, 'dialog', HTMLDialogElement).close();
    await vi.waitUntil(() => !has(tag, 'dialog h2'));
  }
  await press(tag, 'Delete');
  await rendered(tag);
  expect(broken).toEqual([]);
});
