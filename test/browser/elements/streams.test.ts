import axe from 'axe-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/elements/streams/define.ts';
import type { DeskState } from '../../../src/session/streams.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { deskDetail, deskStream, deskVideo, FakeDesk } from '../../support/fake-desk.ts';
import { everything, within, still } from '../../support/tag.ts';

/** `<viva-streams>`: everything that can be asked of a stream is asked by hand, told when it fails, and usable by everybody. */

async function rendered(tag: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
}

async function mounted(state: Partial<DeskState> = {}) {
  const tag = document.createElement('viva-streams');
  const desk = new FakeDesk(state);
  tag.connect = () => desk;
  document.body.append(tag);
  await vi.waitUntil(() => desk.asked('start').length === 1);
  await rendered(tag);
  return { tag, desk };
}

const one = { streams: [deskStream()], selected: 'rts-1', detail: deskDetail() };
const press = async (tag: Element, name: string) => {
  const found = everything(tag).find(
    (element) => element instanceof HTMLButtonElement && element.textContent.replace(/\s+/g, ' ').trim() === name,
  );
  if (!(found instanceof HTMLButtonElement)) throw new Error(`There is no button "${name}".`);
  found.click();
  await rendered(tag);
};
const fill = (tag: Element, name: string, value: string) => {
  const field = within(tag, `[name="${name}"]`);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement))
    throw new Error(`${name} is no field.`);
  field.value = value;
};
const text = (tag: Element, selector: string) => within(tag, selector).textContent.replace(/\s+/g, ' ').trim();
const tab = (tag: Element, name: string) => press(tag, name);

afterEach(async () => {
  for (const tag of document.querySelectorAll('viva-streams')) tag.remove();
  document.documentElement.dir = '';
  await page.viewport(414, 896);
});

describe('a desk for streams', () => {
  test('connects a stream and goes to it', async () => {
    const { tag, desk } = await mounted();
    await press(tag, 'Connect a stream');
    fill(tag, 'name', 'Yard');
    fill(tag, 'url', 'rtmp://host/yard');
    await press(tag, 'Connect a stream');
    await vi.waitUntil(() => desk.asked('select').length > 0);
    expect(desk.asked('connect')[0]?.[1]).toMatchObject({ name: 'Yard', url: 'rtmp://host/yard', store: true });
    expect(desk.asked('select')[0]).toEqual(['select', 'rts-9']);
  });

  test('does not send an empty form', async () => {
    const { tag, desk } = await mounted();
    await press(tag, 'Connect a stream');
    await press(tag, 'Connect a stream');
    expect(desk.asked('connect')).toEqual([]);
  });

  test('an encoder that sends needs no address, and is told where to send to', async () => {
    const { tag, desk } = await mounted();
    await press(tag, 'Connect a stream');
    within(tag, '[value="push"]').click();
    await rendered(tag);
    expect(everything(tag).some((element) => element.matches('[name="url"]'))).toBe(false);
    fill(tag, 'name', 'Studio');
    await press(tag, 'Connect a stream');
    expect(desk.asked('connect')[0]?.[1]).toMatchObject({ name: 'Studio', url: null });
    desk.show({ streams: [deskStream({ url: null, mode: 'push', pushUrl: 'rtmp://host/key' })], selected: 'rts-1' });
    await rendered(tag);
    await vi.waitUntil(() => everything(tag).some((element) => element.matches('code')));
    expect(text(tag, 'code')).toBe('rtmp://host/key');
  });

  test('an address that the clipboard refuses is not called copied, and the field is told', async () => {
    const pushUrl = 'rtmp://host/rts-1';
    const { tag } = await mounted({ ...one, streams: [deskStream({ mode: 'push', url: null, pushUrl })] });
    const refused = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await press(tag, 'Copy');
    await vi.waitFor(() => expect(text(tag, '[part="alert"]')).toContain('clipboard'));
    refused.mockResolvedValue();
    await press(tag, 'Copy');
    await vi.waitFor(() => expect(everything(tag).map(({ textContent }) => textContent.trim())).toContain('Copied'));
    refused.mockRestore();
  });

  test('starts, stops, and removes only when it was asked again', async () => {
    const { tag, desk } = await mounted(one);
    await press(tag, 'Stop');
    desk.show({ streams: [deskStream({ status: 'stopped', state: 'stopped' })] });
    await rendered(tag);
    await vi.waitUntil(() => desk.asked('run').length === 1);
    await rendered(tag);
    await press(tag, 'Start');
    expect(desk.asked('run')).toEqual([
      ['run', 'rts-1', false],
      ['run', 'rts-1', true],
    ]);
    await press(tag, 'Remove');
    expect(desk.asked('remove')).toEqual([]);
    within(tag, 'dialog .danger').click();
    await vi.waitUntil(() => desk.asked('remove').length === 1);
  });

  test('offers the languages that the gateway hears and translates, and shows both', async () => {
    const translations = { en: ['es', 'fr'], es: ['en'] };
    const { tag, desk } = await mounted({ ...one, detail: deskDetail({ translations }) });
    const offered = () =>
      everything(tag).flatMap((element) => (element.matches('[name="into"]') ? [(element as HTMLInputElement).value] : []));
    expect(within(tag, '[name="language"]', HTMLSelectElement).value).toBe('en');
    expect(offered()).toEqual(['fr', 'es']);
    within(tag, '[name="into"][value="es"]').click();
    await press(tag, 'Start the transcript');
    expect(desk.asked('transcribe')[0]).toEqual(['transcribe', 'rts-1', { language: 'en', translateTo: ['es'] }]);
    fill(tag, 'language', 'es');
    within(tag, '[name="language"]').dispatchEvent(new Event('change'));
    await rendered(tag);
    expect(offered()).toEqual(['en']);
    const caption = {
      type: 'caption',
      id: 'a',
      text: 'Hello.',
      final: true,
      language: 'en',
      startMs: 1e12,
      endMs: 1e12,
      translations: { es: 'Hola.' },
    } as const;
    const told = { transcript: 'running', into: ['es'], lines: [caption] } as const;
    desk.show({ detail: deskDetail({ translations, ...told }) });
    await rendered(tag);
    expect([text(tag, '.lines li'), text(tag, '.pane .facts')]).toEqual([
      expect.stringContaining('Hello. Hola.'),
      'Translate into: Spanish',
    ]);
    expect(within(tag, '.translation').getAttribute('lang')).toBe('es');
  });

  test('writes down what is said, with a translation', async () => {
    const { tag, desk } = await mounted(one);
    fill(tag, 'language', 'en-GB');
    fill(tag, 'into', 'es, fr');
    await press(tag, 'Start the transcript');
    expect(desk.asked('transcribe')[0]).toEqual(['transcribe', 'rts-1', { language: 'en-GB', translateTo: ['es', 'fr'] }]);
    const line = {
      type: 'caption',
      id: 'ln-1',
      text: 'Hello there.',
      final: true,
      language: 'en',
      startMs: 1e12,
      endMs: 1e12,
      translations: {},
    } as const;
    desk.show({ detail: deskDetail({ transcript: 'running', lines: [line] }) });
    await rendered(tag);
    expect(text(tag, '.lines p')).toBe('Hello there.');
    expect(within(tag, '.lines p').getAttribute('lang')).toBe('en');
  });

  test('makes indexes of what is seen and of what is said', async () => {
    const { tag, desk } = await mounted(one);
    await tab(tag, 'Indexes');
    fill(tag, 'name', 'screen');
    fill(tag, 'prompt', 'Describe the screen');
    fill(tag, 'tier', 'pro');
    await press(tag, 'Create the index');
    await vi.waitUntil(() => desk.asked('index').length === 1);
    expect(desk.asked('index')[0]?.[2]).toEqual({
      kind: 'visual',
      name: 'screen',
      prompt: 'Describe the screen',
      seconds: 10,
      frames: 5,
      tier: 'pro',
    });
    await rendered(tag);
    within(tag, '[value="audio"]').click();
    await rendered(tag);
    fill(tag, 'name', 'talk');
    fill(tag, 'prompt', 'Sum up');
    await press(tag, 'Create the index');
    await vi.waitUntil(() => desk.asked('index').length === 2);
    expect(desk.asked('index')[1]?.[2]).toMatchObject({ kind: 'audio', by: 'sentence', count: 5 });
  });

  test('watches for an event once there is an index and an event', async () => {
    const { tag, desk } = await mounted(one);
    await tab(tag, 'Alerts');
    expect(text(tag, '.pane')).toContain('An alert needs an index and an event.');
    fill(tag, 'label', 'slack');
    fill(tag, 'prompt', 'User opened Slack application');
    await press(tag, 'Create the event');
    await vi.waitUntil(() => desk.asked('event').length === 1);
    const index = {
      id: 'ix',
      name: 'screen',
      kind: 'visual',
      prompt: 'p',
      running: true,
      windows: { time: 2 },
      tier: 'basic',
    } as const;
    desk.show({ detail: deskDetail({ indexes: [index] }), events: [{ id: 'ev', label: 'slack', prompt: 'p' }] });
    await rendered(tag);
    await press(tag, 'Watch');
    expect(desk.asked('alert')[0]).toEqual(['alert', 'rts-1', { indexId: 'ix', eventId: 'ev', callbackUrl: '' }]);
  });

  test('plays a stretch, exports with progress, and lists the video', async () => {
    const { tag, desk } = await mounted({ ...one, streams: [deskStream({ status: 'stopped', state: 'stopped' })] });
    await tab(tag, 'Clips');
    await press(tag, 'Play this stretch');
    await vi.waitUntil(() => everything(tag).some((element) => element.matches('viva-player')));
    expect(within(tag, 'viva-player').getAttribute('src')).toBe('/clip.m3u8');
    const [, , startMs, endMs] = desk.asked('clip')[0] ?? [];
    expect(Number(endMs) - Number(startMs)).toBe(60_000);
    desk.show({ videos: [deskVideo] });
    await press(tag, 'Export as a video');
    await vi.waitUntil(() => within(tag, '[role="tab"][aria-selected="true"]').textContent.includes('Videos'));
    await rendered(tag);
    expect(text(tag, '.card')).toContain('1:01');
  });

  test('tells the words of a video, draws its captions, makes its file, analyses it', async () => {
    const { tag, desk } = await mounted({ videos: [deskVideo] });
    await tab(tag, 'Videos');
    within(tag, '.card summary').click();
    await press(tag, 'Show what is said');
    await vi.waitUntil(() => text(tag, '.card').includes('The gate is open.'));
    await press(tag, 'Make an MP4 file');
    await vi.waitUntil(() => everything(tag).some((element) => element.matches('a[download]')));
    expect(within(tag, 'a[download]').getAttribute('href')).toBe('/files/film.mp4');
    await press(tag, 'Captions in the picture');
    await vi.waitUntil(() => everything(tag).some((element) => element.matches('viva-player')));
    expect(within(tag, 'viva-player').getAttribute('src')).toBe('/burnt.m3u8');
    fill(tag, 'prompt', 'Who is there?');
    await press(tag, 'Analyse');
    await vi.waitUntil(() => everything(tag).some((element) => element.matches('pre')));
    expect(desk.asked('analyse')[0]).toEqual(['analyse', 'm-1', 'Who is there?']);
  });

  test('makes a video of what a browser captured', async () => {
    const capture = { id: 'cap-1', status: 'stopped', of: 'ann', channels: ['mic', 'screen'], createdMs: 1e12, videoId: null };
    const { tag, desk } = await mounted({ captures: [capture] });
    await tab(tag, 'Videos');
    expect(text(tag, '.card')).toContain('Of ann: mic, screen');
    await press(tag, 'Export as a video');
    await vi.waitUntil(() => desk.asked('exportCapture').length === 1);
    desk.show({ captures: [{ ...capture, status: 'exported', videoId: 'm-1' }] });
    await rendered(tag);
    expect(text(tag, '.card')).toContain('It is a video.');
  });

  test('changes the name of a stream and how many of its pictures are looked at', async () => {
    const { tag, desk } = await mounted(one);
    within(tag, 'header summary').click();
    fill(tag, 'title', 'Back door');
    fill(tag, 'rate', '60');
    await press(tag, 'Save');
    expect(desk.asked('change')[0]).toEqual(['change', 'rts-1', { name: 'Back door', sampleRate: 60 }]);
  });

  test('searches, says how many there are, and plays them', async () => {
    const { tag, desk } = await mounted(one);
    desk.found = [
      { text: 'The gate is open', score: 0.9, of: { kind: 'video', id: 'm-1', name: 'Door' }, startMs: 1000, endMs: 2000 },
      { text: 'The gate is shut', score: 0.8, of: { kind: 'video', id: 'm-1', name: 'Door' }, startMs: 5000, endMs: 6000 },
    ];
    await tab(tag, 'Search');
    fill(tag, 'query', 'gate');
    within(tag, '[role="search"] button').click();
    await vi.waitUntil(() => text(tag, '.pane [role="status"]') === '2 found');
    expect(desk.asked('search')[0]).toEqual(['search', { in: 'stream', id: 'rts-1' }, 'gate']);
    await press(tag, 'Play all of them');
    await vi.waitUntil(() => desk.asked('compile').length === 1);
  });

  test('tells what failed, with the field, and goes on', async () => {
    const { tag, desk } = await mounted(one);
    const heard = vi.fn();
    tag.addEventListener('viva-error', heard);
    desk.refuseWith = new AssistantError('server-error', 'The stream cannot be stopped right now.', { field: 'action' });
    await press(tag, 'Stop');
    await vi.waitUntil(() => text(tag, '[role="alert"]').includes('cannot be stopped'));
    expect(text(tag, '[role="alert"]')).toContain('server-error · action');
    expect(heard).toHaveBeenCalledOnce();
    await press(tag, 'Dismiss');
    expect(text(tag, '[role="alert"]')).toBe('');
  });

  test('is let go when the tag leaves, not when it moves', async () => {
    const { tag, desk } = await mounted(one);
    const other = document.body.appendChild(document.createElement('div'));
    other.append(tag);
    await rendered(tag);
    expect(desk.asked('dispose')).toEqual([]);
    tag.remove();
    await vi.waitUntil(() => desk.asked('dispose').length === 1);
    other.remove();
  });

  test('tabs by the arrow keys, also from right to left', async () => {
    const { tag } = await mounted(one);
    const chosen = () => within(tag, '[role="tab"][aria-selected="true"]').textContent.trim();
    within(tag, '#tab-transcript').focus();
    await userEvent.keyboard('{ArrowRight}');
    await rendered(tag);
    expect(chosen()).toBe('Indexes');
    await userEvent.keyboard('{End}');
    await rendered(tag);
    expect(chosen()).toBe('Videos');
    document.documentElement.dir = 'rtl';
    await userEvent.keyboard('{ArrowRight}');
    await rendered(tag);
    expect(chosen()).toBe('Search');
  });

  test.each(['light', 'dark'] as const)('has no fault that axe knows of, %s', async (scheme) => {
    const index = {
      id: 'ix',
      name: 'screen',
      kind: 'visual',
      prompt: 'p',
      running: true,
      windows: { time: 2 },
      tier: 'basic',
    } as const;
    const { tag } = await mounted({
      ...one,
      detail: deskDetail({ indexes: [index] }),
      events: [{ id: 'ev', label: 'slack', prompt: 'p' }],
      videos: [deskVideo],
      captures: [{ id: 'cap-1', status: 'stopped', of: 'ann', channels: ['mic'], createdMs: 1e12, videoId: null }],
      reconnecting: true,
    });
    tag.colorScheme = scheme;
    document.body.style.background = scheme === 'dark' ? '#000' : '#fff';
    await page.viewport(1024, 900);
    for (const name of ['Transcript', 'Indexes', 'Alerts', 'Clips', 'Search', 'Videos']) {
      await tab(tag, name);
      for (const more of everything(tag)) if (more instanceof HTMLDetailsElement) more.open = true;
      await still(tag);
      const { violations } = await axe.run(tag);
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    document.body.style.background = '';
  });
});
