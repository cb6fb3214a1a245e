import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { WebSocket, type RawData } from 'ws';
import { firefoxProfile, type Preferences } from './firefox-profile.ts';

/**
 * The Firefox that is installed, by WebDriver BiDi. Playwright drives a Firefox of its own making, or Nightly, but no ESR; what is needed here
 * is this little, and a library for it weighs 57 MB.
 */
export interface Firefox {
  readonly version: string;
  goto(url: string): Promise<void>;
  /** The value of an expression in the page, as JSON; a promise is waited for. Throws what the page throws. */
  evaluate<T>(expression: string): Promise<T>;
  /** Asks until the expression is true. */
  until(wish: string, expression: string, limitMs?: number): Promise<void>;
  /** Keys in turn, as a person presses them; names as in WebDriver, e.g. `\uE007` for Enter. */
  press(keys: string): Promise<void>;
  /** Moves to the middle of what the expression gives and clicks. */
  click(expression: string): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Errors of pages and scripts since the last call. */
  faults(): readonly string[];
  close(): Promise<void>;
}

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly level?: string; readonly text?: string | null };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly message?: string;
}

const START_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** `env`: besides the process's own. Rejects when it does not start in a minute. */
export async function openFirefox(env: NodeJS.ProcessEnv = {}, more: Preferences = {}): Promise<Firefox> {
  const profile = firefoxProfile(tmpdir(), more);
  const browser = spawn(
    'firefox-esr',
    [
      '--headless',
      '--no-remote',
      '--remote-debugging-port=0',
      '--width=1280',
      '--height=800',
      '--profile',
      profile,
      'about:blank',
    ],
    { env: { ...process.env, HOME: profile, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const socket = await connected(await remote(browser.stderr));
    return await driven(socket, close);
  } catch (cause) {
    await close();
    throw cause;
  }
}

function remote(stderr: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const limit = setTimeout(() => reject(new Error(`Firefox did not start:\n${said}`)), START_LIMIT_MS);
    stderr.on('data', (piece: Buffer) => {
      said += piece.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(limit);
      resolve(`${address}/session`);
    });
  });
}

function connected(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function driven(socket: WebSocket, close: () => Promise<void>): Promise<Firefox> {
  const waiting = new Map<number, (reply: Reply) => void>();
  let faults: string[] = [];
  let last = 0;
  socket.on('message', (data: RawData) => {
    const reply = JSON.parse((data as Buffer).toString()) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    else if (reply.method === 'log.entryAdded' && reply.params?.level === 'error') faults.push(reply.params.text ?? '');
  });
  const send = (method: string, params: object): Promise<Readonly<Record<string, unknown>>> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ result, error, message }) => {
        waiting.delete(id);
        if (result === undefined) reject(new Error(`${method}: ${error ?? ''} ${message ?? ''}`));
        else resolve(result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  const session = await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  // The window it starts with has no focus, so that keys would go nowhere.
  const { context } = (await send('browsingContext.create', { type: 'window' })) as { context: string };
  await send('browsingContext.activate', { context });
  await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });
  const evaluate = async <T>(expression: string): Promise<T> => {
    const told = (await send('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context },
      awaitPromise: true,
    })) as { result?: { value: string }; exceptionDetails?: { text: string } };
    if (told.result === undefined) throw new Error(`${expression}: ${told.exceptionDetails?.text ?? ''}`);
    return JSON.parse(told.result.value) as T;
  };
  const act = (type: 'key' | 'pointer', actions: readonly object[]): Promise<unknown> =>
    send('input.performActions', { context, actions: [{ type, id: type, actions }] });
  return {
    version: (session as { capabilities: { browserVersion: string } }).capabilities.browserVersion,
    goto: async (url) => {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    evaluate,
    until: async (wish, expression, limitMs = 20_000) => {
      const limit = performance.now() + limitMs;
      while (!(await evaluate<boolean>(expression))) {
        if (performance.now() > limit) throw new Error(`not within ${String(limitMs)} ms: ${wish}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    press: async (keys) => {
      await act(
        'key',
        Array.from(keys).flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      );
    },
    click: async (expression) => {
      const [x, y] = await evaluate<[number, number]>(
        `(() => { const box = (${expression}).getBoundingClientRect(); return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]; })()`,
      );
      await act('pointer', [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
    screenshot: async (path) => {
      const { data } = (await send('browsingContext.captureScreenshot', { context })) as { data: string };
      writeFileSync(path, Buffer.from(data, 'base64'));
    },
    faults: () => {
      const told = faults;
      faults = [];
      return told;
    },
    close: async () => {
      socket.close();
      await close();
    },
  };
}
