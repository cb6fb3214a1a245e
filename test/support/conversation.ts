import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Locator, type Page } from '@playwright/test';
import type { SessionState } from '../../src/session/state.ts';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { fakeMicrophone, type Part } from './fake-microphone.ts';
import { guestPage, siteUrl, type GuestPageOptions } from './guest-page.ts';
import { recorderScripts, recordOutput, type RecordedOutput } from './output-recorder.ts';
import { recordingProxy, type Crossing, type RecordingProxy } from './recording-proxy.ts';

/** A person at the demo page: a recorded voice as microphone, the wire and the loudspeaker written down. */
export interface Visit {
  readonly page: Page;
  readonly widget: Locator;
  readonly proxy: RecordingProxy;
  /** Opens the panel and presses the button to talk. */
  talk(): Promise<void>;
  state(): Promise<SessionState>;
  /** Waits until the state is as wished. */
  until(wish: string, is: (state: SessionState) => boolean, timeoutMs?: number): Promise<SessionState>;
  output(): Promise<RecordedOutput>;
  /** What crossed the wire of one kind. */
  crossings(way: Crossing['way'], type: string): readonly Crossing[];
  leave(): Promise<void>;
}

type Widget = HTMLElement & { readonly assistant: { readonly state: { readonly value: SessionState } } | null };

export interface VisitOptions {
  /** The page of the site that is visited. */
  readonly path?: string;
  readonly site?: string;
  /** Instead of a page of the site: one of somebody else, which gets the widget and its gateway from `origin`. */
  readonly guest?: (origin: string) => GuestPageOptions;
}

/** `said`: what the microphone hears from the moment it is opened. */
export async function visit(said: readonly Part[], { path = '/', site = siteUrl(), guest }: VisitOptions = {}): Promise<Visit> {
  const folder = mkdtempSync(join(tmpdir(), 'viva-voce-visit-'));
  const microphone = fakeMicrophone({ path: join(folder, 'microphone.wav'), parts: said });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...microphone.args] });
  const proxy = await recordingProxy(site, recorderScripts);
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  // Where tsx runs the caller, functions that go into the page name themselves by it.
  await page.addInitScript('globalThis.__name ??= (named) => named');
  const output = await recordOutput(page);
  const host = guest === undefined ? null : await guestPage(guest(proxy.url));
  await page.goto(host?.url ?? proxy.url + path);
  const widget = page.locator('viva-voce').first();
  const state = (): Promise<SessionState> =>
    widget.evaluate((element) => {
      const { assistant } = element as Widget;
      if (assistant === null) throw new Error('the panel is not open');
      return assistant.state.value;
    });

  return {
    page,
    widget,
    proxy,
    state,
    output,
    talk: async () => {
      await widget.getByRole('button').first().click();
      await page.getByRole('button', { name: 'Start talking' }).click();
    },
    until: async (wish, is, timeoutMs = 20_000) => {
      const seen: SessionState[] = [];
      const look = async (): Promise<boolean> => {
        const now = await state();
        seen.splice(0, 1, now);
        return is(now);
      };
      await expect.poll(look, { message: wish, timeout: timeoutMs, intervals: [50] }).toBe(true);
      return seen[0] ?? state();
    },
    crossings: (way, type) => proxy.crossings.filter((crossing) => crossing.way === way && crossing.event.type === type),
    leave: async () => {
      await browser.close();
      await proxy.close();
      await host?.close();
      rmSync(folder, { recursive: true });
      expect(faults).toEqual([]);
    },
  };
}

/** A recogniser may write either. */
const SMALL_NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** The text in words that can be compared. */
export const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll('-', ' ')
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (/^\d+$/.test(word) ? (SMALL_NUMBERS[Number(word)] ?? word) : word));

/** The fewest words to change, add or leave out to make one text of the other. */
export function wordErrors(wanted: string, got: string): number {
  const [left, right] = [words(wanted), words(got)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  left.forEach((word, above) => {
    const next = [above + 1];
    right.forEach((other, index) => {
      next.push(Math.min((row[index] ?? 0) + (word === other ? 0 : 1), (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}
