import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { clearStages, stages } from '../../support/access-stages.ts';
import { everything, settled, unmountAll } from '../../support/tag.ts';

/** Under the strictest policy a page can have, every element in every variant and with every feature breaks nothing of it, and is there. */

const broken: string[] = [];
const seen = new Set<string>();
const note = (event: SecurityPolicyViolationEvent): void => {
  broken.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
};

beforeAll(async () => {
  await page.viewport(1200, 900);
  const policy = document.createElement('meta');
  policy.httpEquiv = 'content-security-policy';
  policy.content = [
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; worker-src 'self'`,
    `connect-src 'self' ws:; frame-src 'none'; base-uri 'none'; form-action 'none'`,
    `require-trusted-types-for 'script'; trusted-types viva-voce lit-html`,
  ].join('; ');
  document.head.append(policy);
  document.addEventListener('securitypolicyviolation', note);
});
afterAll(() => {
  document.removeEventListener('securitypolicyviolation', note);
});
afterEach(() => {
  unmountAll();
  clearStages();
});

test.each(Object.keys(stages))('%s', async (name) => {
  broken.length = 0;
  const root = await stages[name]!({});
  for (const element of [root, ...everything(root), ...everything(document.documentElement)])
    if (element.localName.startsWith('viva-')) seen.add(element.localName);
  if (root.localName === 'viva-voce') await settled(root as HTMLElementTagNameMap['viva-voce']);
  expect(broken).toEqual([]);
});

test('no element was left out', () => {
  // Vite tells each module under this folder that registers a tag.
  const registered = Object.keys(import.meta.glob('../../../src/elements/*/define.ts')).map(
    (path) => /elements\/([\w-]+)\//.exec(path)?.[1] ?? '',
  );
  const tags = registered.map((folder) => (folder === 'viva-voce' ? folder : `viva-${folder}`));
  expect(tags.filter((tag) => customElements.get(tag) !== undefined && !seen.has(tag))).toEqual([]);
  expect(tags.length).toBeGreaterThan(45);
});

test('what breaks the policy is noticed', async () => {
  broken.length = 0;
  document.body.setAttribute('style', 'color: red');
  await expect.poll(() => broken.length).toBe(1);
});
