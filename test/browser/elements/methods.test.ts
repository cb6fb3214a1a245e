import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import '../../support/tag.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { until } from '../../support/until.ts';

/** Every method of `<viva-voce>` in every state of it: it settles, twice at once too, and what it is refused with is of a known kind. */

const methods: Readonly<Record<string, (tag: VivaVoce) => Promise<unknown>>> = {
  start: (tag) => tag.start(),
  stop: (tag) => tag.stop(),
  expand: (tag) => tag.expand(),
  collapse: (tag) => tag.collapse(),
  dismiss: (tag) => tag.dismiss(),
  restore: (tag) => tag.restore(),
  mute: (tag) => tag.mute(),
  unmute: (tag) => tag.unmute(),
  interrupt: (tag) => tag.interrupt(),
  send: (tag) => tag.send('Hello'),
  addContext: (tag) => tag.addContext('The basket is empty'),
  snapshot: (tag) => tag.snapshot(),
  startCamera: (tag) => tag.startCamera(),
  stopCamera: (tag) => tag.stopCamera(),
  startScreen: (tag) => tag.startScreen(),
  stopScreen: (tag) => tag.stopScreen(),
  setDevice: (tag) => tag.setDevice('microphone', null),
  diagnose: (tag) => tag.diagnose(),
  downloadTranscript: (tag) => tag.downloadTranscript('json'),
  forget: (tag) => tag.forget(),
  reset: (tag) => tag.reset(),
};

const made: VivaVoce[] = [];
const uncaught: string[] = [];
const note = (event: ErrorEvent | PromiseRejectionEvent): void => {
  uncaught.push(String('reason' in event ? event.reason : event.message));
  event.preventDefault();
};

beforeEach(() => {
  uncaught.length = 0;
  unsettled.length = 0;
  addEventListener('error', note);
  addEventListener('unhandledrejection', note);
});

afterEach(() => {
  for (const tag of made.splice(0)) tag.remove();
  removeEventListener('error', note);
  removeEventListener('unhandledrejection', note);
});

/** A tag whose server nobody can reach. */
function own(attributes: Readonly<Record<string, string>> = {}): VivaVoce {
  const tag = document.createElement('viva-voce');
  for (const [name, value] of Object.entries({ endpoint: 'http://127.0.0.1:9', ...attributes })) tag.setAttribute(name, value);
  made.push(tag);
  return tag;
}

function placed(attributes: Readonly<Record<string, string>> = {}): VivaVoce {
  const tag = own(attributes);
  document.body.append(tag);
  return tag;
}

async function opened(): Promise<VivaVoce> {
  const tag = placed({ open: '' });
  await until(() => expect(tag.shadowRoot?.querySelector('viva-panel:popover-open')).not.toBeNull());
  return tag;
}

/** Wishes of a state, made before the method is called: they settle too. */
const pending: Promise<string>[] = [];

async function running(): Promise<VivaVoce> {
  const tag = placed();
  pending.push(outcome('send before', tag.send('Hello')));
  await until(() => expect(tag.state).toMatch(/connecting|reconnecting/));
  return tag;
}

const states: Readonly<Record<string, () => Promise<VivaVoce> | VivaVoce>> = {
  'never on the page': own,
  'just put there': placed,
  open: opened,
  connecting: running,
  'being stopped': async () => {
    const tag = await running();
    pending.push(outcome('stop before', tag.stop()));
    return tag;
  },
  stopped: async () => {
    const tag = await running();
    await tag.stop();
    return tag;
  },
  'taken away while it connects': async () => {
    const tag = await running();
    tag.remove();
    return tag;
  },
  'taken away and put back': async () => {
    const tag = await running();
    tag.remove();
    await Promise.resolve();
    document.body.append(tag);
    return tag;
  },
  'not set up right': () => placed({ preset: 'nobody' }),
  'an interpreter': () => placed({ mode: 'interpreter', 'translate-to': 'es' }),
  'without a panel': () => placed({ variant: 'bare' }),
};

/** Wishes that have not settled, by name. */
const unsettled: string[] = [];

/** `ok`, or the kind of refusal that nobody knows. */
async function outcome(name: string, wish: Promise<unknown>): Promise<string> {
  unsettled.push(name);
  try {
    await wish;
  } catch (cause) {
    const known = cause instanceof AssistantError || (cause instanceof DOMException && cause.name === 'AbortError');
    if (!known) return `${name}: ${String(cause)}`;
  } finally {
    unsettled.splice(unsettled.indexOf(name), 1);
  }
  return 'ok';
}

/** A wish that never settles is named; how long the others take on a busy machine is nobody's business. */
const settled = (which: (name: string) => boolean): Promise<void> =>
  vi.waitFor(() => expect(unsettled.filter(which)).toEqual([]), { timeout: 40_000 });

test('the table has every method', () => {
  const own = customElements.get('viva-voce')?.prototype as object;
  const known = ['own', 'ensure', 'given', 'constructor', 'connectedCallback', 'disconnectedCallback'];
  const names = [own, Object.getPrototypeOf(own) as object].flatMap((prototype) => Object.getOwnPropertyNames(prototype));
  expect(names).toContain('start');
  expect(names.filter((name) => !known.includes(name) && !(name in methods))).toEqual([]);
});

/** So many methods are called on one tag, all at once: a tag for each would take as long as all the other tests. */
const TOGETHER = 7;

const groups = Array.from({ length: Math.ceil(Object.keys(methods).length / TOGETHER) }, (_each, index) =>
  Object.entries(methods).slice(index * TOGETHER, (index + 1) * TOGETHER),
);

test.each(Object.keys(states))('%s', { timeout: 90_000 }, async (state) => {
  const outcomes = await Promise.all(
    groups.map(async (group) => {
      const tag = await (states[state] as () => Promise<VivaVoce> | VivaVoce)();
      const wishes = group.flatMap(([name, call]) => [outcome(name, call(tag)), outcome(`${name} twice`, call(tag))]);
      return { tag, wishes };
    }),
  );
  await settled((name) => !name.endsWith('before'));
  for (const { tag } of outcomes) tag.remove();
  await settled(() => true);
  const all = await Promise.all([...outcomes.flatMap(({ wishes }) => wishes), ...pending.splice(0)]);
  expect(all.filter((each) => each !== 'ok')).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(uncaught).toEqual([]);
});
