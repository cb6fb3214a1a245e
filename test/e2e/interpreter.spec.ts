import { readFileSync } from 'node:fs';
import { expect, test, type Locator } from '@playwright/test';
import type { InterpreterState } from '../../src/session/interpreter.ts';
import { visit, wordErrors, words, type Visit } from '../support/conversation.ts';

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
