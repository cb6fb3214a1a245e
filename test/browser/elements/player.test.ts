import axe from 'axe-core';
import { Subject } from 'rxjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/elements/alerts/define.ts';
import '../../../src/elements/player/define.ts';
import type { VivaPlayer } from '../../../src/elements/player/player.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import type { StreamFeedEvent } from '../../../src/shared/stream-feed.ts';
import { FakePicture, type PretendedTimeline } from '../../support/fake-picture.ts';
import { shownFrame } from '../../support/shown-frame.ts';
import { everything, focused, has, within } from '../../support/tag.ts';

/** `<viva-player>` and `<viva-alerts>` on a page: what is shown, said, pressed and remembered. */

const KEY = 'test-player';
const live: PretendedTimeline = { live: true, lengthS: 600, endsMs: Date.now() };
const recorded: PretendedTimeline = { live: false, lengthS: 120, endsMs: null };

afterEach(async () => {
  for (const tag of document.querySelectorAll('viva-player, viva-alerts')) tag.remove();
  for (const key of [KEY, `${KEY}:muted`]) localStorage.removeItem(key);
  document.documentElement.dir = '';
  document.body.style.background = '';
  await page.viewport(414, 896);
});

async function rendered(tag: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
}

async function mount(timeline: PretendedTimeline, attributes: Readonly<Record<string, string>> = {}) {
  const picture = new FakePicture(timeline);
  const feed = new Subject<StreamFeedEvent>();
  const tag = document.createElement('viva-player');
  for (const [name, value] of Object.entries({ src: 'x.m3u8', 'stream-id': 'rts-1', 'storage-key': KEY, ...attributes }))
    tag.setAttribute(name, value);
  tag.watch = picture.watch;
  tag.connect = () => feed;
  document.body.append(tag);
  await rendered(tag);
  picture.to(timeline.live ? timeline.lengthS - 4 : 0);
  await rendered(tag);
  return { tag, picture, feed };
}

/** Time at the end of the live timeline. */
const endMs = live.endsMs ?? 0;
const caption = (id: string, startMs: number, text: string, final = true): StreamFeedEvent => ({
  type: 'caption',
  id,
  text,
  final,
  language: 'en',
  startMs,
  endMs: startMs + 2_000,
});
const alert = (id: string, startMs: number, more: object = {}): StreamFeedEvent => ({
  type: 'alert',
  id,
  label: 'Van at the gate',
  text: 'A white van.',
  severity: 'warning',
  confidence: 0.8,
  startMs,
  endMs: startMs,
  arrivedMs: Date.now(),
  ...more,
});

const shownTexts = (tag: Element): readonly string[] =>
  has(tag, '[part="captions"]:not([hidden])')
    ? everything(within(tag, '[part="captions"]'))
        .filter((element) => element.matches('p'))
        .map(({ textContent }) => textContent)
    : [];
const press = async (tag: VivaPlayer, key: string): Promise<void> => {
  within(tag, '[part="play"]').focus();
  await userEvent.keyboard(key);
  await rendered(tag);
};

test('chapters have a tab as soon as there are some, the one that is seen is marked, and a press goes to another', async () => {
  const { tag } = await mount(recorded, { panel: 'transcript' });
  const tabs = () => everything(tag).flatMap((element) => (element.matches('[role="tab"]') ? [element.textContent.trim()] : []));
  expect(tabs()).toEqual(['Transcript', 'Alerts']);
  tag.addChapters([
    { startS: 0, endS: 60, title: 'Arrival' },
    { startS: 60, endS: 120, title: 'Loading' },
  ]);
  await rendered(tag);
  within(tag, '#tab-chapters').click();
  await rendered(tag);
  const chapters = everything(tag).filter((element): element is HTMLElement => element.matches('.content.chapters .goes'));
  expect(chapters.map(({ ariaCurrent }) => ariaCurrent)).toEqual(['true', null]);
  chapters[1]?.click();
  await rendered(tag);
  expect(tag.currentTime).toBe(60);
  expect(within(tag, '[aria-current="true"]').textContent).toContain('Loading');
});

test('every tab beside the picture can be read on a telephone, in a language of long words', async () => {
  await page.viewport(340, 700);
  const { tag, feed } = await mount(live, { panel: 'alerts', lang: 'ta' });
  tag.addChapters([{ startS: 0, endS: 60, title: 'Arrival' }]);
  feed.next({ type: 'scene', id: 's', kind: 'visual', index: 'x', text: 'A van.', startMs: endMs - 9_000, endMs: endMs - 5_000 });
  await vi.waitFor(() => expect(within(tag, '#tab-chapters').textContent.trim()).toBe('அத்தியாயங்கள்'), 10_000);
  await rendered(tag);
  const { left, right } = within(tag, '.panel [role="tablist"]').getBoundingClientRect();
  const tabs = everything(tag).filter((element) => element.matches('.panel [role="tab"]'));
  expect(tabs).toHaveLength(4);
  for (const each of tabs) {
    const box = each.getBoundingClientRect();
    expect([box.left >= left, box.right <= right, each.scrollWidth <= each.clientWidth], each.id).toEqual([true, true, true]);
  }
});

describe('captions', () => {
  test('of the feed: interim words are replaced, translations join when they are wished for, and all is in the transcript', async () => {
    const { tag, feed } = await mount(live, { panel: 'transcript' });
    feed.next(caption('a', endMs - 5_000, 'The van', false));
    await rendered(tag);
    expect(shownTexts(tag)).toEqual(['The van']);
    feed.next(caption('a', endMs - 5_000, 'The van is here.'));
    feed.next({ type: 'caption-translation', id: 'a', language: 'es', text: 'La furgoneta está aquí.' });
    await rendered(tag);
    expect(shownTexts(tag)).toEqual(['The van is here.']);
    const select = within(tag, 'select[name="languages"]', HTMLSelectElement);
    expect([...select.options].map(({ value }) => value)).toEqual(['original', 'es', 'original es']);
    select.value = 'original es';
    select.dispatchEvent(new Event('change'));
    await rendered(tag);
    expect(shownTexts(tag)).toEqual(['The van is here.', 'La furgoneta está aquí.']);
    const spanish = everything(within(tag, '[part="captions"]')).find((element) => element.getAttribute('lang') === 'es');
    expect(spanish?.getAttribute('dir')).toBe('auto');
    expect(within(tag, '[part="sentence"]').textContent).toContain('La furgoneta');
    expect(within(tag, '[part="captions"]').getAttribute('aria-hidden')).toBe('true');
  });

  test('come and go by one timer, at their time', async () => {
    const { tag, picture } = await mount(recorded);
    tag.addCaption({ id: 'a', text: 'Soon.', startMs: 10_300, endMs: 11_300 });
    picture.to(10.05);
    await rendered(tag);
    expect(shownTexts(tag)).toEqual([]);
    // The element says nothing more; the picture is pretended to be where the timer expects it.
    setTimeout(() => picture.drift(10.31), 100);
    await vi.waitFor(() => expect(shownTexts(tag)).toEqual(['Soon.']), 3_000);
  });

  test('of a real recording: each at its own frame, also right after the missing ten seconds, in both languages', async () => {
    const tag = document.createElement('viva-player');
    for (const [name, value] of Object.entries({ src: '/test/fixtures/hls/master.m3u8', muted: '', 'storage-key': '' }))
      tag.setAttribute(name, value);
    document.body.append(tag);
    await vi.waitFor(() => expect(has(tag, 'select[name="languages"]')).toBe(true), 15_000);
    const expected = [
      'The gate opens.',
      'A van drives in.',
      'It stops at the dock.',
      'Ten seconds are missing here.',
      'The van is empty.',
      'The gate closes.',
    ];
    for (const seconds of [5.9, 6.1, 0.5, 10.5]) {
      tag.currentTime = seconds;
      // What is drawn is asked for: a frame that came while nobody listened is not told again.
      const frame = await vi.waitFor(() => {
        const shown = shownFrame(tag.video);
        expect(Math.abs(shown / 10 - seconds)).toBeLessThan(0.15);
        return shown;
      }, 15_000);
      await vi.waitFor(() => expect(shownTexts(tag), `frame ${frame}`).toEqual([expected[Math.floor(frame / 20)]]), 5_000);
    }
    expect(new Date(tag.currentDateMs).toISOString()).toBe('2026-03-01T09:00:20.500Z');
  }, 60_000);

  test('that are here before the picture is wait for it', async () => {
    const { tag, picture, feed } = await mount(live);
    picture.to(590);
    feed.next(caption('soon', endMs - 5_000, 'The van is here.'));
    await rendered(tag);
    expect(shownTexts(tag)).toEqual([]);
    picture.to(595.5);
    await rendered(tag);
    expect(shownTexts(tag)).toEqual(['The van is here.']);
  });

  test('are read to a screen reader by who asked for it only', async () => {
    const { tag, feed } = await mount(live);
    feed.next(caption('a', endMs - 5_000, 'The van is here.'));
    await rendered(tag);
    const log = within(tag, '[role="log"]');
    expect([log.getAttribute('aria-live'), log.textContent.trim()]).toEqual(['off', '']);
    within(tag, 'input[name="announce"]').click();
    await rendered(tag);
    expect([log.getAttribute('aria-live'), log.textContent.trim()]).toEqual(['polite', 'The van is here.']);
  });
});

describe('transcript', () => {
  test('of thousands of sentences some are in the document; the one of the moment is marked; words are found, a press goes there', async () => {
    const { tag, picture } = await mount({ ...recorded, lengthS: 7_200 }, { panel: 'transcript' });
    for (let index = 0; index < 2_400; index++)
      tag.addCaption({
        id: String(index),
        text: index === 1_700 ? 'A golden key.' : `Sentence ${index}.`,
        startMs: index * 3_000,
        endMs: index * 3_000 + 2_500,
      });
    picture.to(3_601);
    await rendered(tag);
    const sentences = () => everything(tag).filter((element) => element.matches('[part="sentence"]'));
    expect(sentences().length).toBeLessThanOrEqual(80);
    expect(within(tag, '[part="sentence"] [aria-current]').textContent).toContain('Sentence 1200.');
    const list = within(tag, '.list').getBoundingClientRect();
    const row = within(tag, '[part="sentence"] [aria-current]').getBoundingClientRect();
    expect(row.top).toBeGreaterThanOrEqual(list.top - 1);
    expect(row.bottom).toBeLessThanOrEqual(list.bottom + 1);
    await userEvent.fill(within(tag, '[part="search"]'), 'GOLDEN');
    await vi.waitFor(() => expect(sentences()).toHaveLength(1));
    expect(within(tag, 'mark').textContent).toBe('golden');
    expect(within(tag, '.told').textContent).toContain('1 found');
    within(tag, '[part="sentence"] button').click();
    expect(tag.currentTime).toBe(5_100);
  });
});

describe('alerts', () => {
  test('pop up once, politely or at once by severity; the focus stays; seen, they lead two seconds before', async () => {
    const { tag, feed } = await mount(live);
    within(tag, '[part="play"]').focus();
    const before = focused();
    feed.next(alert('a', endMs - 60_000, { endMs: endMs - 20_000 }));
    feed.next(alert('a', endMs - 60_000));
    feed.next(alert('c', endMs - 30_000, { severity: 'critical', label: 'Fire', endMs }));
    await rendered(tag);
    expect(everything(tag).filter((element) => element.matches('[part~="toast"]'))).toHaveLength(2);
    const told = (role: string) =>
      everything(within(tag, 'viva-alert-toasts')).find((element) => element.matches(`[role="${role}"]`))?.textContent;
    expect(told('status')).toContain('Van at the gate');
    expect(told('alert')).toContain('Fire');
    expect(focused()).toBe(before);
    const see = everything(tag).find((element) => element.matches('[part~="toast-critical"] .ways button')) as HTMLElement;
    see.click();
    await rendered(tag);
    expect(tag.currentDateMs).toBeCloseTo(endMs - 32_000, -2);
    expect(told('alert')?.trim()).toBe('');
    expect(has(tag, '[part="marker"]')).toBe(true);
  });

  test('the page may keep one from popping up; a muted label never does', async () => {
    const { tag, feed } = await mount(live, { panel: 'alerts' });
    const told: string[] = [];
    tag.addEventListener('viva-alert', (event) => {
      told.push(event.alert.id);
      if (event.alert.id === 'b') event.preventDefault();
    });
    feed.next(alert('a', endMs - 10_000));
    await rendered(tag);
    within(tag, '.chip').click();
    feed.next(alert('m', endMs - 9_000));
    feed.next(alert('b', endMs - 9_000, { label: 'Door' }));
    await rendered(tag);
    expect(told).toEqual(['a', 'b']);
    expect(has(tag, '[part~="toast"]')).toBe(false);
    expect(everything(tag).filter((element) => element.matches('[part="item"]'))).toHaveLength(1);
    expect(JSON.parse(localStorage.getItem(`${KEY}:muted`) ?? '[]')).toEqual(['Van at the gate']);
  });

  test('of a recording, when the picture passes them', async () => {
    const { tag, picture } = await mount(recorded, { src: '' });
    tag.src = 'x.m3u8';
    // Told before anybody knows what it is: it waits for that.
    tag.addAlert({ id: 'a', label: 'Van', startMs: 10_200, severity: 'critical' });
    await rendered(tag);
    picture.to(10);
    await rendered(tag);
    expect(has(tag, '[part~="toast"]')).toBe(false);
    picture.to(10.4);
    await rendered(tag);
    expect(has(tag, '[part~="toast"]')).toBe(true);
  });

  test('<viva-alerts for> lists a player’s; alone it follows a feed', async () => {
    const { tag, feed } = await mount(live, { id: 'film', noalerts: '' });
    const beside = document.createElement('viva-alerts');
    beside.setAttribute('for', 'film');
    document.body.append(beside);
    feed.next(alert('a', endMs - 10_000));
    await rendered(beside);
    expect(within(beside, '[part="item"]').textContent).toContain('80 % certain');
    within(beside, '[part="item"] .ways .outline').click();
    expect(tag.currentDateMs).toBeCloseTo(endMs - 12_000, -2);
    const alone = document.createElement('viva-alerts');
    alone.setAttribute('storage-key', '');
    const own = new Subject<StreamFeedEvent>();
    alone.connect = () => own;
    alone.setAttribute('stream-id', 'rts-2');
    document.body.append(alone);
    await vi.waitFor(() => expect(own.observed).toBe(true));
    own.next(alert('x', Date.now() - 1_000, { severity: 'critical' }));
    await rendered(alone);
    expect(has(alone, '[part~="toast-critical"]')).toBe(true);
    alone.remove();
    await Promise.resolve();
    expect(own.observed).toBe(false);
  });
});

describe('keys', () => {
  test('play, seek, mute, captions, speed, live; not while writing, nor the browser’s own', async () => {
    const { tag, picture } = await mount(live, { panel: 'transcript' });
    tag.addCaption({ id: 'a', text: 'A', startMs: endMs - 5_000, endMs });
    await rendered(tag);
    await press(tag, 'k');
    expect(tag.paused).toBe(true);
    await press(tag, 'k');
    expect(tag.paused).toBe(false);
    picture.to(300);
    await press(tag, '{ArrowLeft}');
    expect(tag.currentTime).toBe(295);
    await press(tag, 'l');
    expect(tag.currentTime).toBe(305);
    await press(tag, '5');
    expect(tag.currentTime).toBeCloseTo(300, 3);
    await press(tag, '{End}');
    expect(tag.currentTime).toBeGreaterThan(590);
    await press(tag, 'm');
    expect(tag.muted).toBe(true);
    await press(tag, 'c');
    expect(shownTexts(tag)).toEqual([]);
    await press(tag, '>');
    expect(tag.playbackRate).toBe(1.25);
    await press(tag, '{Control>}m{/Control}');
    expect(tag.muted).toBe(true);
    const search = within(tag, '[part="search"]', HTMLInputElement);
    search.focus();
    await userEvent.keyboard('km5');
    expect([search.value, tag.muted, tag.paused]).toEqual(['km5', true, false]);
  });

  test('do the same beside the picture, but for those that move, press or scroll something there', async () => {
    const { tag } = await mount(recorded, { panel: 'transcript' });
    tag.addCaption({ id: 'a', text: 'A', startMs: 40_000, endMs: 42_000 });
    await rendered(tag);
    const at = async (selector: string, key: string): Promise<void> => {
      within(tag, selector).focus();
      await userEvent.keyboard(key);
      await rendered(tag);
    };
    await at('#tab-transcript', 'k');
    expect(tag.paused).toBe(true);
    await at('#tab-transcript', '5');
    expect(tag.currentTime).toBe(60);
    await at('[part="sentence"] button', '{ArrowRight}');
    expect(tag.currentTime).toBe(65);
    const { volume } = tag;
    await at('[part="sentence"] button', '{ArrowDown}');
    expect(tag.volume).toBe(volume);
    await at('[part="sentence"] button', 'm');
    expect(tag.muted).toBe(true);
    await at('[part="sentence"] button', ' ');
    expect([tag.paused, tag.currentTime]).toEqual([true, 40]);
    await at('#tab-transcript', '{ArrowRight}');
    expect([tag.panel, tag.currentTime]).toEqual(['alerts', 40]);
    await at('#tab-alerts', 't');
    expect([tag.panel, focused()?.classList.contains('panel-button')]).toEqual(['', true]);
  });

  test('the seek bar says where it is, and pages', async () => {
    const { tag } = await mount(recorded);
    const bar = within(tag, '[role="slider"]');
    tag.currentTime = 63;
    await rendered(tag);
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuetext')]).toEqual(['63', '1 min 3 s of 2 min 0 s']);
    bar.focus();
    await userEvent.keyboard('{PageDown}');
    expect(tag.currentTime).toBe(3);
  });

  test('a press on the bar seeks there, mirrored in a page from right to left', async () => {
    const { tag } = await mount(recorded);
    const bar = within(tag, '[role="slider"]');
    const at = (share: number) => {
      const box = within(tag, '.track').getBoundingClientRect();
      const event = { clientX: box.left + box.width * share, clientY: box.top, bubbles: true, pointerId: 1, button: 0 };
      bar.dispatchEvent(new PointerEvent('pointerdown', event));
      bar.dispatchEvent(new PointerEvent('pointerup', event));
    };
    at(0.25);
    expect(tag.currentTime).toBeCloseTo(30, 0);
    document.documentElement.dir = 'rtl';
    at(0.25);
    expect(tag.currentTime).toBeCloseTo(90, 0);
  });
});

describe('as a <video>', () => {
  test('attributes, properties, methods and events have their names', async () => {
    const { tag, picture } = await mount(recorded, {
      muted: '',
      volume: '0.5',
      loop: '',
      preload: 'none',
      crossorigin: 'anonymous',
    });
    const { video } = tag;
    expect([video.muted, video.volume, video.loop, video.preload, video.crossOrigin]).toEqual([
      true,
      0.5,
      true,
      'none',
      'anonymous',
    ]);
    const told: string[] = [];
    for (const name of ['play', 'pause', 'timeupdate', 'seeking', 'volumechange', 'ended'])
      tag.addEventListener(name, () => told.push(name));
    tag.pause();
    tag.currentTime = 5;
    picture.to(6);
    picture.say('ended');
    expect(told).toEqual(['pause', 'seeking', 'timeupdate', 'ended']);
    expect([tag.paused, tag.currentTime, tag.duration, tag.readyState]).toEqual([true, 6, 120, 4]);
  });

  test('asked to play before its source is there, it plays that when it comes, unless it was told to pause', async () => {
    const { tag } = await mount(recorded);
    const play = vi.spyOn(tag.video, 'play');
    const interrupted = new DOMException('a new load', 'AbortError');
    play.mockRejectedValueOnce(interrupted).mockResolvedValueOnce();
    await tag.play();
    expect(play).toHaveBeenCalledTimes(2);
    play.mockReset().mockRejectedValue(interrupted);
    const playing = tag.play();
    tag.pause();
    await expect(playing).rejects.toBe(interrupted);
    expect(play).toHaveBeenCalledTimes(1);
  });

  test('volume, captions and speed are remembered; with an empty key nothing is', async () => {
    const first = await mount(recorded);
    first.tag.volume = 0.3;
    await press(first.tag, '>');
    await vi.waitFor(() => expect(localStorage.getItem(KEY)).toContain('"volume":0.3'));
    first.tag.remove();
    const second = await mount(recorded);
    expect([second.tag.volume, second.tag.defaultPlaybackRate]).toEqual([0.3, 1.25]);
    second.tag.remove();
    localStorage.removeItem(KEY);
    const third = await mount(recorded, { 'storage-key': '' });
    third.tag.volume = 0.4;
    await press(third.tag, '>');
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test('taken off the page, everything is let go; moved, nothing', async () => {
    const { tag, picture, feed } = await mount(live);
    expect([picture.events.observed, feed.observed]).toEqual([true, true]);
    const box = document.body.appendChild(document.createElement('div'));
    box.append(tag);
    await rendered(tag);
    expect([picture.events.observed, feed.observed]).toEqual([true, true]);
    box.remove();
    await Promise.resolve();
    expect([picture.events.observed, feed.observed]).toEqual([false, false]);
  });
});

describe('states', () => {
  test.each([
    ['source-paused', { type: 'source-paused' }, 'Stream paused'],
    ['retrying', { type: 'retrying', inMs: 4_000, error: new AssistantError('offline', 'x').toFacts() }, 'Next try in 4 s'],
    ['failed', { type: 'failed', error: new AssistantError('unsupported', 'x').toFacts() }, 'cannot play this kind'],
  ] as const)('%s has its words, its state and a way on', async (name, event, words) => {
    const { tag, picture } = await mount(live);
    picture.tell(event);
    await rendered(tag);
    expect(within(tag, '[part="banner"]').textContent).toContain(words);
    expect(tag.phase).toBe(name);
    expect(tag.matches(`:state(${name})`)).toBe(true);
    if (name === 'source-paused') {
      picture.tell({ type: 'recovered' });
      await rendered(tag);
      expect(has(tag, '[part="banner"]')).toBe(false);
    }
    if (name === 'retrying') {
      within(tag, '[part="banner"] button').click();
      expect(picture.commands).toEqual([{ type: 'retry' }]);
    }
  });

  test('with the picture: it waits for captions that come late', async () => {
    const { tag, picture, feed } = await mount({ ...live, endsMs: Date.now() });
    for (let index = 0; index < 8; index++) feed.next(caption(`d${index}`, Date.now() - 3_000, 'Late.'));
    const select = within(tag, 'select[name="pace"]', HTMLSelectElement);
    select.value = 'sync';
    select.dispatchEvent(new Event('change'));
    const asked = picture.commands.findLast(({ type }) => type === 'latency');
    expect(asked).toMatchObject({ type: 'latency' });
    expect(asked?.type === 'latency' ? asked.seconds : null).toBeGreaterThan(2.5);
  });
});

async function faults(root: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

describe.each(['light', 'dark'])(
  '%s: nothing that axe finds fault with, nothing too small, nothing that sticks out',
  (scheme) => {
    test.each([
      ['transcript', 1_000],
      ['alerts', 390],
    ])('%s open, %d px wide', async (panel, width) => {
      await page.viewport(width, 900);
      document.documentElement.dir = panel === 'alerts' ? 'rtl' : '';
      document.body.style.background = scheme === 'dark' ? '#111' : '#fff';
      const { tag, feed } = await mount(live, { panel, 'color-scheme': scheme });
      for (let index = 0; index < 12; index++)
        feed.next(caption(`c${index}`, endMs - 60_000 + index * 5_000, 'The van is here.'));
      for (const severity of ['info', 'warning', 'critical'])
        for (const ago of [40_000, 8_000])
          feed.next(alert(`${severity}${ago}`, endMs - ago, { severity, label: `Kind ${severity}` }));
      feed.next({
        type: 'scene',
        id: 's',
        kind: 'visual',
        index: 'x',
        text: 'A dock.',
        startMs: endMs - 30_000,
        endMs: endMs - 20_000,
      });
      tag.addChapters([{ startS: 0, endS: 300, title: 'Arrival' }]);
      await rendered(tag);
      for (const animation of everything(tag).flatMap((element) => element.getAnimations())) animation.finish();
      expect(await faults(tag)).toEqual([]);
      within(tag, '.settings summary').click();
      await rendered(tag);
      expect(await faults(tag)).toEqual([]);
      const pressed = everything(tag).filter(
        (element) => element.matches('button, summary, select') && element.checkVisibility(),
      );
      const small = pressed.filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width < 43.5 || box.height < 43.5;
      });
      expect(small.map((element) => element.outerHTML.slice(0, 80))).toEqual([]);
      const wide = everything(tag).filter((element) => element.matches('.row > *, .panel, .toast') && element.checkVisibility());
      for (const element of wide) {
        const box = element.getBoundingClientRect();
        expect(box.left, element.outerHTML.slice(0, 60)).toBeGreaterThanOrEqual(-0.5);
        expect(box.right, element.outerHTML.slice(0, 60)).toBeLessThanOrEqual(width + 0.5);
      }
    });
  },
);
