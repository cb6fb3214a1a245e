import { chromium, expect, test } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { kioskServer, type KioskServer } from '../support/kiosk-server.ts';

/**
 * What each of Chromium's switches does to a kiosk that nobody has touched. The page tells by its console: whatever Playwright evaluates in
 * it would count as a touch.
 */

interface Row {
  readonly switches: readonly string[];
  /** By an address that is no secure context. */
  readonly insecure?: boolean;
  readonly shown: {
    readonly microphone: 'open' | 'refused';
    readonly microphoneError: string | null;
    readonly sound: 'none' | 'running';
    readonly wakeLock: 'held' | 'unsupported';
    readonly said: RegExp;
  };
}

const accept = '--auto-accept-camera-and-microphone-capture';
const autoplay = '--autoplay-policy=no-user-gesture-required';
const touch = /microphone is not open yet/;
const speak = /say hello/;
const open = { microphone: 'open', microphoneError: null, sound: 'running', wakeLock: 'held', said: speak } as const;
const refused = {
  microphone: 'refused',
  microphoneError: 'microphone-denied',
  sound: 'none',
  wakeLock: 'held',
  said: touch,
} as const;

const rows: Readonly<Record<string, Row>> = {
  'no switch': { switches: [], shown: refused },
  '--kiosk alone': { switches: ['--kiosk'], shown: refused },
  'autoplay alone': { switches: [autoplay], shown: refused },
  'auto-accept alone': { switches: [accept], shown: open },
  'fake-ui': { switches: ['--use-fake-ui-for-media-stream'], shown: open },
  'auto-accept and autoplay': { switches: [accept, autoplay], shown: open },
  'both, by http from the network': {
    switches: [accept, autoplay],
    insecure: true,
    shown: {
      microphone: 'refused',
      microphoneError: 'insecure-page',
      sound: 'none',
      wakeLock: 'unsupported',
      said: /secure pages/,
    },
  },
  'both, and that address called secure': { switches: [accept, autoplay, 'secure'], insecure: true, shown: open },
};

const PAGE = `<!doctype html><html lang="en"><head><title>Kiosk</title></head><body>
  <script type="module">
    const kiosk = document.querySelector('viva-voce');
    kiosk.addEventListener('viva-health', ({ health }) => {
      const attract = kiosk.shadowRoot.querySelector('viva-kiosk-attract').shadowRoot;
      const begin = attract.querySelector('[part="attract-begin"]').getBoundingClientRect();
      console.log('kiosk ' + JSON.stringify({ ...health, said: attract.querySelector('[role="status"]').textContent,
        begin: [begin.width, begin.height], touched: navigator.userActivation.hasBeenActive }));
    });
  </script>
  <script type="module" src="/embed/viva-voce.js"></script>
  <viva-voce variant="kiosk" heartbeat-ms="1000" heartbeat-url="/health"></viva-voce></body></html>`;

interface Told {
  readonly microphone: string;
  readonly said: string;
  readonly begin: readonly [number, number];
}

/** What the kiosk has become in a browser with these switches. */
async function told({ switches, insecure = false, shown }: Row, port: number): Promise<Told> {
  const origin = `http://${insecure ? 'kiosk.test' : '127.0.0.1'}:${port}`;
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...chromiumArgs,
      '--use-fake-device-for-media-stream',
      '--host-resolver-rules=MAP kiosk.test 127.0.0.1',
      ...switches.map((each) => (each === 'secure' ? `--unsafely-treat-insecure-origin-as-secure=${origin}` : each)),
    ],
  });
  try {
    const tab = await browser.newPage();
    let last: Told | null = null;
    const settled = new Promise<Told>((resolve) => {
      tab.on('console', (message) => {
        const text = message.text();
        if (!text.startsWith('kiosk ')) return;
        last = JSON.parse(text.slice('kiosk '.length)) as Told;
        if (last.microphone === shown.microphone && shown.said.test(last.said)) resolve(last);
      });
    });
    await tab.goto(origin);
    const late = new Promise<null>((resolve) => setTimeout(resolve, 20_000, null));
    const kiosk = (await Promise.race([settled, late])) ?? last;
    if (kiosk === null) throw new Error('the kiosk told nothing of itself');
    return kiosk;
  } finally {
    await browser.close();
  }
}

const LANES = 3;
const kiosks = new Map<string, Told>();
let server: KioskServer;

// Side by side: a browser takes longer to start than a kiosk.
test.beforeAll(async () => {
  server = await kioskServer(PAGE);
  const waiting = Object.entries(rows);
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      kiosks.set(next[0], await told(next[1], server.port));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
});
test.afterAll(() => server.close());

for (const [name, { shown }] of Object.entries(rows)) {
  test(name, () => {
    const kiosk = kiosks.get(name);
    const { said, ...states } = shown;
    expect(kiosk).toMatchObject({ ...states, stage: 'attract', touched: false });
    expect(kiosk?.said).toMatch(said);
    expect(Math.min(...(kiosk?.begin ?? [0]))).toBeGreaterThanOrEqual(76);
  });
}
