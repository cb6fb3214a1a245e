import { chromium, type CDPSession } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { heapStrings } from '../../support/heap.ts';
import { kioskServer } from '../../support/kiosk-server.ts';
import { page, pause } from './watched.ts';

/** What is left of a visitor in memory after the reset, with the real conversation: in the page and in its Workers, typed words and shown ones. */

const WORDS = 'quartz-lantern-4711';
/** The voice Worker outlives its conversation by two seconds. */
const LINGER_MS = 3_000;
/** A pointer that is still for so long is hidden. */
const POINTER_MS = 6_000;

interface Found {
  readonly page: number;
  readonly workers: number;
  readonly storage: number;
}

export async function traces(): Promise<number> {
  const server = await kioskServer(page('presence="touch" keyboard'));
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--auto-accept-camera-and-microphone-capture'],
  });
  try {
    const tab = await browser.newPage();
    const session = await tab.context().newCDPSession(tab);
    await session.send('HeapProfiler.enable');
    const workers = await workersOf(session);
    const found = async (): Promise<Found> => {
      await session.send('HeapProfiler.collectGarbage');
      // What is handed to the page to look for would be found there: it is looked for outside.
      const stored = await tab.evaluate(() => [localStorage, sessionStorage].map((each) => JSON.stringify(each)));
      const storage = stored.filter((text) => text.includes(WORDS)).length;
      return { page: (await heapStrings(session, WORDS)).length, workers: await workers(WORDS), storage };
    };
    let failed = 0;
    console.log('\nWords of a visitor, strings found   page   workers   storage');
    const tell = (name: string, { page: here, workers: there, storage }: Found): void =>
      console.log(`${name.padEnd(34)} ${String(here).padStart(5)} ${String(there).padStart(9)} ${String(storage).padStart(9)}`);
    await tab.goto(`http://127.0.0.1:${server.port}/`);
    for (const leaves of ['presses the button', 'goes away'] as const) {
      await tab.locator('viva-kiosk-attract').waitFor();
      await tab.mouse.click(600, 400);
      await tab.locator('viva-composer textarea').click();
      await session.send('Input.insertText', { text: `Where is the ${WORDS}?` });
      await tab.keyboard.press('Enter');
      await tab.locator('viva-transcript li').waitFor();
      await session.send('Input.insertText', { text: `and another ${WORDS}` });
      const during = await found();
      if (leaves === 'goes away') await pause(POINTER_MS);
      if (leaves === 'goes away') await tab.locator('[part="kiosk-finish"]').evaluate((button: HTMLElement) => button.click());
      else await tab.locator('[part="kiosk-finish"]').click();
      await tab.locator('viva-kiosk-attract').waitFor();
      await pause(LINGER_MS);
      const after = await found();
      tell(`who ${leaves}: during the visit`, during);
      tell('… and after it', after);
      // A search that finds nothing while the visitor is there proves nothing afterwards.
      failed += (during.page > 0 ? 0 : 1) + (after.page + after.workers + after.storage === 0 ? 0 : 1);
    }
    return failed;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Searches the heaps of all Workers that live, also of those that come later. */
async function workersOf(session: CDPSession): Promise<(words: string) => Promise<number>> {
  const live = new Set<string>();
  session.on('Target.attachedToTarget', ({ sessionId }) => live.add(sessionId));
  session.on('Target.detachedFromTarget', ({ sessionId }) => live.delete(sessionId));
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return async (words) => {
    let count = 0;
    for (const sessionId of live) count += await inWorker(session, sessionId, words);
    return count;
  };
}

/** Playwright has no session for a Worker: its messages go through the page's. */
async function inWorker(session: CDPSession, sessionId: string, words: string): Promise<number> {
  const pieces: string[] = [];
  const taken = new Promise<void>((resolve, reject) => {
    const hear = ({ sessionId: from, message }: { readonly sessionId: string; readonly message: string }): void => {
      if (from !== sessionId) return;
      const told = JSON.parse(message) as {
        readonly id?: number;
        readonly error?: { readonly message: string };
        readonly params?: { readonly chunk?: string };
      };
      if (told.params?.chunk !== undefined) pieces.push(told.params.chunk);
      if (told.id !== 2) return;
      session.off('Target.receivedMessageFromTarget', hear);
      if (told.error === undefined) resolve();
      else reject(new Error(told.error.message));
    };
    session.on('Target.receivedMessageFromTarget', hear);
  });
  for (const [id, method] of [
    [1, 'HeapProfiler.enable'],
    [2, 'HeapProfiler.takeHeapSnapshot'],
  ] as const)
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: {} }) });
  await taken;
  const { strings } = JSON.parse(pieces.join('')) as { readonly strings: readonly string[] };
  return strings.filter((text) => text.includes(words)).length;
}
