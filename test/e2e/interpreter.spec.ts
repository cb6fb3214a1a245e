import { readFileSync } from 'node:fs';
import { expect, test, type Locator } from '@playwright/test';
import type { InterpreterState } from '../../src/session/interpreter.ts';
import { visit, wordErrors, words, type Visit } from '../support/conversation.ts';
import { soundingStretches } from '../support/output-recorder.ts';

/** The interpreter whole: a recorded voice, the real worklets, RTVT, the real gateway, and captions in two languages. */

const fixtures = JSON.parse(readFileSync('test/fixtures/speech/manifest.json', 'utf8')) as { file: string; text: string }[];
const clip = (number: string): { wav: string; text: string } => {
  const found = fixtures.find(({ file }) => file.includes(number));
  if (found === undefined) throw new Error('the fixture is missing');
  return { wav: `test/fixtures/speech/${found.file}`, text: found.text };
};

const interpreterState = (widget: Locator): Promise<InterpreterState | null> =>
  widget.evaluate((host) => {
    const found = host.shadowRoot?.querySelector('viva-interpreter') as
      { interpreter: { state: { value: InterpreterState } } | null } | null | undefined;
    return found?.interpreter?.state.value ?? null;
  });

async function describe(visited: Visit, attributes: Readonly<Record<string, string>>): Promise<void> {
  await visited.widget.evaluate((host, wished) => {
    for (const [name, value] of Object.entries(wished)) host.setAttribute(name, value);
  }, attributes);
}

test('a recorded voice is written down and translated while it speaks', async () => {
  const said = [clip('0880'), clip('0890')];
  const visited = await visit([
    { silenceMs: 1_500 },
    ...said.flatMap(({ wav }) => [{ wav }, { silenceMs: 1_800 }]),
    { silenceMs: 20_000 },
  ]);
  try {
    await describe(visited, { mode: 'interpreter', language: 'en', 'translate-to': 'es' });
    await visited.widget.getByRole('button').first().click();
    await visited.page.getByRole('button', { name: 'Start interpreting' }).click();
    const seen: { id: string; text: string; final: boolean }[] = [];
    const finals = async (): Promise<number> => {
      const lines = (await interpreterState(visited.widget))?.lines ?? [];
      for (const { id, original } of lines) if (original !== null) seen.push({ id, text: original.text, final: original.final });
      return lines.filter(({ original, translation }) => original?.final === true && translation?.final === true).length;
    };
    await expect.poll(finals, { timeout: 30_000, intervals: [100] }).toBe(2);
    const lines = (await interpreterState(visited.widget))?.lines ?? [];
    for (const [index, { text }] of said.entries()) {
      const heard = lines[index]?.original?.text ?? '';
      // The engine alone makes no error here; echo and noise processing may cost it a compound word.
      expect(wordErrors(text, heard), heard).toBeLessThanOrEqual(2);
      expect(lines[index]?.translation?.language).toBe('es');
      expect(words(lines[index]?.translation?.text ?? '').length).toBeGreaterThan(3);
    }
    expect(
      seen.some(({ final }) => !final),
      'interim text while speaking',
    ).toBe(true);
    // One sentence keeps its line from the first interim word to the last.
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
    await expect(visited.page.getByText('Rough translation', { exact: false })).toBeVisible();
    const state = await interpreterState(visited.widget);
    expect(state?.roundTripMs).toBeGreaterThan(0);
    await visited.page.getByRole('button', { name: 'End', exact: true }).click();
    await expect.poll(async () => (await interpreterState(visited.widget))?.phase).toBe('ended');
  } finally {
    await visited.leave();
  }
});

test('a conversation is translated beside: one microphone feeds both', async () => {
  const { wav, text } = clip('0880');
  const visited = await visit([{ silenceMs: 1_500 }, { wav }, { silenceMs: 20_000 }]);
  try {
    await describe(visited, { language: 'en', 'translate-to': 'es' });
    await visited.page.evaluate(() => {
      const devices = navigator.mediaDevices;
      const open = devices.getUserMedia.bind(devices);
      let count = 0;
      devices.getUserMedia = (wished) => {
        Object.assign(globalThis, { microphonesOpened: ++count });
        return open(wished);
      };
    });
    await visited.talk();
    await visited.until('the user is understood', ({ transcript }) =>
      transcript.some(({ role, status }) => role === 'user' && status === 'final'),
    );
    const rows = visited.page.locator('viva-caption-rows');
    await expect(rows.getByText(/.+/).first()).toBeVisible({ timeout: 15_000 });
    const original = rows.locator('[part~="caption-original"] p').last();
    await expect
      .poll(async () => wordErrors(text, (await original.textContent()) ?? ''), { timeout: 15_000 })
      .toBeLessThanOrEqual(2);
    const translation = rows.locator('[part~="caption-translation"] p').last();
    await expect(translation).toHaveAttribute('lang', 'es');
    await expect.poll(async () => words((await translation.textContent()) ?? '').length).toBeGreaterThan(3);
    expect(await visited.page.evaluate(() => (globalThis as unknown as { microphonesOpened: number }).microphonesOpened)).toBe(1);
  } finally {
    await visited.leave();
  }
});

test('others follow by a link, and can do nothing else', async () => {
  const { wav, text } = clip('0880');
  const visited = await visit([{ silenceMs: 2_500 }, { wav }, { silenceMs: 20_000 }]);
  try {
    await describe(visited, { mode: 'interpreter', language: 'en', 'translate-to': 'es' });
    await visited.widget.getByRole('button').first().click();
    await visited.page.getByRole('button', { name: 'Start interpreting' }).click();
    await visited.page.getByRole('button', { name: 'Let others follow' }).click();
    const link = await visited.page.getByRole('textbox', { name: 'Link to follow' }).inputValue();
    const reader = await visited.page.context().browser()?.newPage();
    if (reader === undefined) throw new Error('there is no browser');
    await reader.goto(link);
    const rows = reader.locator('viva-captions[room] viva-caption-rows, viva-interpreter[room] viva-caption-rows').first();
    const original = rows.locator('[part~="caption-original"] p').last();
    await expect
      .poll(async () => wordErrors(text, (await original.textContent({ timeout: 1_000 }).catch(() => '')) ?? ''), {
        timeout: 20_000,
      })
      .toBeLessThanOrEqual(2);
    const { room, token } = Object.fromEntries(new URLSearchParams(new URL(link).hash.slice(1)));
    const answer = await reader.evaluate(
      ([name, given]) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws/room/${name}?token=${given}`);
          socket.onmessage = ({ data }) => {
            const { type } = JSON.parse(String(data)) as { type: string };
            if (type === 'connection_established') socket.send(JSON.stringify({ type: 'caption', data: { id: 'forged' } }));
            if (type === 'error') resolve(String(data));
          };
          socket.onclose = () => {
            resolve('closed');
          };
        }),
      [room ?? '', encodeURIComponent(token ?? '')] as const,
    );
    expect(answer).not.toContain('forged');
    expect(answer).toMatch(/error|closed/);
  } finally {
    await visited.leave();
  }
});

test('the translation is spoken, in its own language', async () => {
  const visited = await visit([{ silenceMs: 1_500 }, { wav: clip('0880').wav }, { silenceMs: 20_000 }]);
  try {
    await describe(visited, { mode: 'interpreter', language: 'en', 'translate-to': 'es', 'speak-translation': '' });
    await visited.widget.getByRole('button').first().click();
    await visited.page.getByRole('button', { name: 'Start interpreting' }).click();
    await expect.poll(async () => (await interpreterState(visited.widget))?.playing, { timeout: 30_000 }).toBe(true);
    await expect.poll(async () => (await interpreterState(visited.widget))?.playing, { timeout: 20_000 }).toBe(false);
    const output = await visited.output();
    const [spoken] = soundingStretches(output, 1_500);
    const seconds = ((spoken?.to ?? 0) - (spoken?.from ?? 0)) / output.rate;
    expect(seconds).toBeGreaterThan(1);
    const state = await interpreterState(visited.widget);
    expect(state?.notice).toBeNull();
    expect(state?.lines).toHaveLength(1);
  } finally {
    await visited.leave();
  }
});

test('two people talk by a key each, in both directions', async () => {
  const spanish = 'test/fixtures/languages/es-conf-onlyperson.wav';
  const visited = await visit([
    { silenceMs: 3_500 },
    { wav: clip('0880').wav },
    { silenceMs: 8_000 },
    { wav: spanish },
    { silenceMs: 20_000 },
  ]);
  try {
    await describe(visited, { mode: 'interpreter', language: 'en', 'translate-to': 'es', turn: 'hold' });
    await visited.widget.getByRole('button').first().click();
    await visited.page.getByRole('button', { name: 'Start interpreting' }).click();
    const lines = async () => (await interpreterState(visited.widget))?.lines ?? [];
    const finals = async (): Promise<readonly (string | undefined)[]> =>
      (await lines())
        .filter(({ original, translation }) => original?.final === true && translation?.final === true)
        .map(({ original, translation }) => `${original?.language ?? ''} ${translation?.language ?? ''}`);
    const near = visited.page.getByRole('button', { name: 'English' });
    await expect(near).toHaveAttribute('aria-disabled', 'false');
    await near.focus();
    await visited.page.keyboard.down('Space');
    await expect(near).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(finals, { timeout: 15_000 }).toEqual(['en es']);
    await visited.page.keyboard.up('Space');
    const far = visited.page.getByRole('button', { name: 'español' });
    await far.focus();
    await visited.page.keyboard.down('Enter');
    await expect.poll(finals, { timeout: 20_000 }).toEqual(['en es', 'es en']);
    await visited.page.keyboard.up('Enter');
    const [first, second] = await lines();
    expect(wordErrors(clip('0880').text, first?.original?.text ?? '')).toBeLessThanOrEqual(2);
    expect(second?.original?.text).toMatch(/conferencia/);
    expect(second?.translation?.text).toMatch(/conference/);
  } finally {
    await visited.leave();
  }
});
