import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEar, type Ear } from '../bench/ear.ts';
import { wordErrors, words } from '../support/conversation.ts';
import { openFirefox, type Firefox } from '../support/firefox.ts';
import { startSite } from '../support/site.ts';
import { mouthAndEar, type MouthAndEar } from '../support/synthesise.ts';

/**
 * `npm run prove:firefox`: the installed Firefox ESR at the real site. Spoken to through a sound card that is none, heard through its
 * loudspeaker; every page of the demo looked at by axe and for faults. `SITE_URL`: one that runs already. Words after the command choose:
 * `conversation`, `interpreter`, `player`, `pages`, or single pages by their path, `/docs/examples.html`.
 */

const PAGES = [
  '',
  'demo/pages/interpreter.html',
  'demo/pages/captions.html',
  'demo/pages/player.html',
  'demo/pages/desk.html',
].concat(
  ['tasks', 'capture', 'chat', 'inline', 'themes', 'csp', 'kiosk'].map((name) => `demo/pages/${name}.html`),
  ['docs/', 'docs/examples.html'],
);
const ANSWER_LIMIT_MS = 40_000;

interface Place {
  readonly firefox: Firefox;
  readonly url: string;
  readonly ear: Ear;
  readonly folder: string;
  /** Warmed by who first needs it. */
  readonly mouth: () => Promise<MouthAndEar>;
}

type Judged = readonly [what: string, figure: string, kept: boolean];

/** Within a closed page, the session's state; null before there is an assistant. */
const STATE = "document.querySelector('viva-voce').assistant?.state.value";
const FOCUSED =
  '((at) => { while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at; })(document.activeElement)';
const TAG = "document.querySelector('viva-voce')";
const MOST_WORDS_OFF = 0.3;
const ENTER = '\uE007';

const spoken = async (firefox: Firefox, role: string, at: number): Promise<{ text: string; status: string }> =>
  firefox.evaluate(
    `(${STATE}?.transcript ?? []).filter((line) => line.role === '${role}')[${String(at)}] ?? { text: '', status: '' }`,
  );

/** Through every shadow root: what an expression's element shows. */
const shown = (element: string): string =>
  `((at) => { const text = (node) => node.nodeType === 3 ? node.data : [...(node.shadowRoot ?? node).childNodes].map(text).join(''); return text(at); })(${element})`;

async function conversation({ firefox, url, ear, folder, mouth: open }: Place): Promise<readonly Judged[]> {
  const mouth = await open();
  const [saturday, tomatoes] = [join(folder, 'saturday.wav'), join(folder, 'tomatoes.wav')];
  await mouth.say('Are you open on Saturday?', saturday);
  await mouth.say('When can I plant tomatoes outside?', tomatoes, 'ballad');
  await firefox.goto(url);
  await firefox.evaluate(`customElements.whenDefined('viva-voce').then(() => true)`);
  await firefox.evaluate(`(${TAG}.shadowRoot.querySelector('button').focus(), true)`);
  await firefox.press(ENTER);
  await firefox.until('the panel is open', `${TAG}.open && ${TAG}.assistant !== null`);
  await firefox.until('the start button has the focus', `(${FOCUSED})?.part.contains('start')`);
  await firefox.press(ENTER);
  await firefox.until('it listens', `${STATE}?.phase === 'listening' && ${STATE}.microphone === 'live'`);
  const asked = Date.now();
  await ear.say(saturday);
  const ended = Date.now();
  await firefox.until(
    'the first answer is over',
    `${STATE}.phase === 'listening' && ${STATE}.transcript.some((line) => line.role === 'assistant' && line.status === 'final') && !${STATE}.playing`,
    ANSWER_LIMIT_MS,
  );
  const [question, answer] = [await spoken(firefox, 'user', 0), await spoken(firefox, 'assistant', 0)];
  const [first, over] = [ear.firstSound(asked, Date.now()), ear.lastSound(asked, Date.now())];
  const heard = await mouth.hear(ear.heard(first - 100, over + 200), 48_000);
  const off = wordErrors(answer.text, heard) / words(answer.text).length;
  // The second one is cut.
  await ear.say(saturday);
  await firefox.until('the second answer sounds', `${STATE}.playing`, ANSWER_LIMIT_MS);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const cutting = Date.now();
  await ear.say(tomatoes);
  await firefox.until(
    'the third answer is over',
    `${STATE}.phase === 'listening' && ${STATE}.transcript.filter((line) => line.role === 'assistant').length === 3 && !${STATE}.playing`,
    ANSWER_LIMIT_MS,
  );
  const cut = await spoken(firefox, 'assistant', 1);
  const last = await spoken(firefox, 'assistant', 2);
  const silentAt = quiet(ear, cutting);
  return [
    ['what was said is written down', question.text, wordErrors('Are you open on Saturday?', question.text) <= 1],
    ['end of speech to first sound', `${String(Math.round(first - ended))} ms`, first - ended < 2_500],
    ['what sounds is what is shown', `${(off * 100).toFixed(0)} % of the words differ as heard again`, off <= MOST_WORDS_OFF],
    [
      'speech cuts the answer',
      `${cut.status}, silent ${String(Math.round(silentAt - cutting))} ms after the voice began`,
      cut.status === 'interrupted',
    ],
    ['the next question is answered', last.text.slice(0, 60), /tomato/i.test(last.text)],
  ];
}

/** One person speaks English, others read Spanish. */
async function interpreter({ firefox, url, ear, folder, mouth }: Place): Promise<readonly Judged[]> {
  const said = join(folder, 'saturday.wav');
  await (await mouth()).say('Are you open on Saturday?', said);
  await firefox.goto(url);
  await firefox.evaluate(
    `(${TAG}.setAttribute('mode', 'interpreter'), ${TAG}.setAttribute('language', 'en'), ${TAG}.setAttribute('translate-to', 'es'), ${TAG}.expand().then(() => true))`,
  );
  const element = `${TAG}.shadowRoot.querySelector('viva-interpreter')`;
  const start = `${element}?.shadowRoot?.querySelector('[part~="start"]')`;
  await firefox.until('the interpreter is ready', `${start} != null`);
  await firefox.evaluate(`(${start}.focus(), true)`);
  await firefox.press(ENTER);
  await firefox.until('it listens', `${element}.interpreter?.state.value.phase === 'listening'`);
  await ear.say(said);
  const line = `${element}.interpreter.state.value.lines[0]`;
  await firefox.until('it is translated', `${line}?.translation?.final === true`, ANSWER_LIMIT_MS);
  const [original, translation] = await firefox.evaluate<[string, string]>(`[${line}.original.text, ${line}.translation.text]`);
  return [
    [
      'the interpreter writes down and translates',
      `${original} ${translation}`,
      wordErrors('Are you open on Saturday?', original) <= 1 && /s[áa]bado/i.test(translation),
    ],
  ];
}

/** The recording of a page plays, with its captions on it. */
async function player({ firefox, url }: Place): Promise<readonly Judged[]> {
  await firefox.goto(`${url}/demo/pages/player.html`);
  const tag = "document.querySelector('viva-player')";
  await firefox.until('the player is ready', `${tag}?.duration > 0`);
  const seen = `${tag}.shadowRoot.querySelector('[part="captions"]')`;
  // It stands where the words are, and shows them; it is not raced against.
  await firefox.evaluate(`(${tag}.currentTime = 2.5, ${tag}.pause(), true)`);
  await firefox.until('a caption is on the picture', `${shown(seen)}.includes('A van drives in.')`);
  const from = await firefox.evaluate<number>(`${tag}.currentTime`);
  await firefox.evaluate(`${tag}.play().then(() => true)`);
  await firefox.until('it plays on', `${tag}.currentTime > ${String(from + 1)}`);
  const words = await firefox.evaluate<string>(shown(`${tag}.shadowRoot.querySelector('viva-player-transcript')`));
  const listed = ['The gate opens.', 'A van drives in.', 'The gate closes.'].filter((sentence) =>
    words.includes(sentence),
  ).length;
  return [
    ['the player plays by hls.js, captions on the picture', `"A van drives in." from ${from.toFixed(1)} s on`, true],
    ['the transcript beside it', `${String(listed)} of 3 sentences`, listed === 3],
  ];
}

/** When the sound of before `from` first paused for a fifth of a second. */
function quiet(ear: Ear, from: number): number {
  const samples = ear.heard(from, Date.now());
  let since = 0;
  for (let at = 0; at < samples.length; at++) {
    if (Math.abs(samples[at] ?? 0) > 0.003) since = at;
    else if (at - since > 9_600) return from + (since * 1000) / 48_000;
  }
  return NaN;
}

async function pages({ firefox, url }: Place): Promise<readonly Judged[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const judged: Judged[] = [];
  const some = wished.filter((word) => word.startsWith('/')).map((path) => path.slice(1));
  for (const path of some.length > 0 ? some : PAGES) {
    await firefox.goto(`${url}/${path}`);
    await firefox.until(
      'everything is there',
      `document.readyState === 'complete' && document.querySelectorAll(':not(:defined)').length === 0`,
    );
    await firefox.evaluate(`((() => { ${axe} })(), true)`);
    const found = await firefox.evaluate<readonly string[]>(
      `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.map(({ id }) => id))`,
    );
    const faults = firefox.faults();
    judged.push([`/${path}`, [...found, ...faults].join(', ') || 'nothing', found.length + faults.length === 0]);
  }
  return judged;
}

/** What did not come about is one row, and the others are still looked at. */
const judged = (name: string, rows: Promise<readonly Judged[]>): Promise<readonly Judged[]> =>
  rows.catch((cause: unknown): readonly Judged[] => [[name, cause instanceof Error ? cause.message : String(cause), false]]);

const parts = { conversation, interpreter, player, pages };
const wished = process.argv.slice(2);
const unknown = wished.filter((word) => !word.startsWith('/') && !(word in parts));
if (unknown.length > 0)
  throw new Error(`${unknown.join(', ')}: only ${Object.keys(parts).join(', ')} or a path that begins with /`);
const isWished = (name: string): boolean =>
  wished.length === 0 || wished.includes(name) || (name === 'pages' && wished.some((word) => word.startsWith('/')));

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-firefox-sound-'));
const site = process.env['SITE_URL'] === undefined ? await startSite() : null;
const url = site?.url ?? process.env['SITE_URL'] ?? '';
const ear = await openEar();
if (ear === null) throw new Error('Firefox plays nothing without PulseAudio, and there is none');
let warmed: Promise<MouthAndEar> | undefined;
const mouth = (): Promise<MouthAndEar> => (warmed ??= mouthAndEar());
const firefox = await openFirefox({ PULSE_SERVER: ear.server });
let failed = 0;
try {
  console.log(`Firefox ${firefox.version}`);
  for (const [name, judge] of Object.entries(parts)) {
    if (!isWished(name)) continue;
    for (const [what, figure, kept] of await judged(name, judge({ firefox, url, ear, folder, mouth }))) {
      console.log(`${kept ? '✓' : '✗'} ${what}: ${figure}`);
      if (!kept) failed++;
    }
  }
} finally {
  await firefox.close();
  await (await warmed)?.close();
  ear.close();
  await site?.stop();
  rmSync(folder, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;
