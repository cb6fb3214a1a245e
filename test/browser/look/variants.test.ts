import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { ms } from '../../../src/shared/time.ts';
import { entry } from '../../support/fake-assistant.ts';
import { everything, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** How large the assistant is and where it lies, whatever stands around it. */

const boxes: Element[] = [];

afterEach(async () => {
  unmountAll();
  for (const box of boxes.splice(0)) box.remove();
  document.documentElement.removeAttribute('dir');
  document.documentElement.style.fontSize = '';
  await page.viewport(414, 896);
});

function box(css: string, parent: Node = document.body): HTMLElement {
  const made = document.createElement('div');
  made.style.cssText = css;
  parent.appendChild(made);
  boxes.push(made);
  return made;
}

const at = (tag: Element, selector = 'viva-panel'): DOMRect => within(tag, selector).getBoundingClientRect();

describe('on a desktop', () => {
  test.each([
    ['launcher', 400, 660],
    ['floating', 400, 660],
    ['compact', 340, 480],
    ['tiny', 340, 480],
    ['expanded', 520, 760],
    ['sidebar', 520, 760],
    ['full', 1000, 800],
    ['inline', 600, 500],
    ['embedded', 600, 500],
  ])('%s is %i × %i px', async (variant, width, height) => {
    await page.viewport(1000, 800);
    const { tag } = await mount(
      { variant, open: '' },
      box('position: absolute; inset: 0 auto auto 0; width: 600px; height: 500px'),
    );
    tag.style.blockSize = '500px';
    await settled(tag);
    const panel = at(tag);
    expect([Math.round(panel.width), Math.round(panel.height)]).toEqual([width, height]);
  });

  // What is asked for → [width, height] of the tag, which the panel fills.
  test.each([
    ['left to itself', 'width: 600px', '', [600, 480]],
    ['in a low box', 'width: 600px; height: 300px', '', [600, 300]],
    ['in a narrow box', 'width: 240px', '', [240, 480]],
    ['of a height of its own', 'width: 600px; height: 800px', 'block-size: 700px', [600, 700]],
    ['filling its box', 'width: 600px; height: 640px', 'block-size: 100%', [600, 640]],
    ['as low as wished', 'width: 600px', '--viva-min-h: 350px', [600, 350]],
    ['as wide as high', 'width: 600px', '--viva-aspect: 1', [600, 600]],
    ['in a row', 'display: flex; width: 600px; height: 400px', 'flex: 1', [600, 400]],
    ['in a container', 'container-type: size; width: 320px; height: 360px; overflow: auto', '', [320, 360]],
  ])('inline, %s: tag and panel are one', async (_name, around, own, size) => {
    await page.viewport(1000, 800);
    const outer = box(`position: absolute; inset: 0 auto auto 0; ${around}`);
    const { tag, assistant } = await mount({ variant: 'inline', style: own }, outer);
    assistant.show({ transcript: Array.from({ length: 30 }, () => entry('assistant', 'Until six o’clock.')) });
    await settled(tag);
    const [host, panel] = [tag.getBoundingClientRect(), at(tag)];
    expect([panel.width, panel.height].map(Math.round)).toEqual(size);
    expect([host.left, host.top, host.width, host.height]).toEqual([panel.left, panel.top, panel.width, panel.height]);
    expect([outer.scrollWidth - outer.clientWidth, outer.scrollHeight - outer.clientHeight]).toEqual([0, 0]);
  });

  test('inline, made larger and smaller by the page, the panel goes along', async () => {
    const outer = box('width: 300px; height: 300px');
    const { tag } = await mount({ variant: 'inline', style: 'block-size: 100%' }, outer);
    for (const [width, height] of [
      [380, 600],
      [250, 200],
    ]) {
      outer.style.cssText = `width: ${width}px; height: ${height}px`;
      await settled(tag);
      expect([at(tag).width, at(tag).height]).toEqual([width, height]);
    }
  });

  test.each([
    ['bottom-end', 'ltr', 'bottom right'],
    ['bottom-end', 'rtl', 'bottom left'],
    ['end', 'rtl', 'bottom left'],
    ['bottom-start', 'ltr', 'bottom left'],
    ['start', 'rtl', 'bottom right'],
    ['top-end', 'ltr', 'top right'],
    ['top-start', 'rtl', 'top right'],
    ['top-left', 'rtl', 'top left'],
    ['bottom-right', 'rtl', 'bottom right'],
    ['bottom-left', 'ltr', 'bottom left'],
    ['top-right', 'ltr', 'top right'],
    ['top', 'ltr', 'top middle'],
    ['bottom', 'rtl', 'bottom middle'],
  ])('%s on a page that runs %s: launcher and panel at the %s', async (placement, dir, where) => {
    await page.viewport(1000, 800);
    document.documentElement.dir = dir;
    // Arabic words on a page that runs from left to right; English goes the way of the page.
    const { tag } = await mount({ placement, lang: dir === 'ltr' ? 'ar' : 'en' });
    await vi.waitFor(() =>
      expect(within(tag, '[part="launcher"]').textContent).toMatch(dir === 'ltr' ? /[\u0600-\u06ff]/ : /[a-z]/),
    );
    const side = ({ left, right, top, bottom }: DOMRect): string => {
      const block = Math.abs(top - 20) <= 1 ? 'top' : Math.abs(innerHeight - bottom - 20) <= 1 ? 'bottom' : `${top}–${bottom}`;
      if (Math.abs(left - (innerWidth - right)) <= 2) return `${block} middle`;
      return `${block} ${Math.abs(left - 20) <= 1 ? 'left' : Math.abs(innerWidth - right - 20) <= 1 ? 'right' : `${left}–${right}`}`;
    };
    expect(side(at(tag, '[part="launcher"]'))).toBe(where);
    tag.open = true;
    await settled(tag);
    expect(side(at(tag))).toBe(where);
    expect(getComputedStyle(within(tag, 'viva-panel')).direction).toBe('rtl');
  });
});

test('a look that is taken away again leaves the usual one', async () => {
  await page.viewport(1000, 800);
  const { tag } = await mount({ variant: 'compact', placement: 'top-start', radius: 'sharp', density: 'compact', open: '' });
  for (const name of ['variant', 'placement', 'radius', 'density']) tag.removeAttribute(name);
  await settled(tag);
  const { width, height, right, bottom } = at(tag);
  expect([width, height, 1000 - right, 800 - bottom].map(Math.round)).toEqual([400, 660, 20, 20]);
});

describe('inside boxes that keep what is fixed to themselves', () => {
  const small = 'position: absolute; left: 40px; top: 60px; width: 90px; height: 30px; overflow: hidden;';
  const traps = {
    transform: `${small} transform: rotate(2deg) scale(.5)`,
    'container-type': `${small} container-type: size`,
    overflow: `${small} overflow: scroll`,
    filter: `${small} filter: blur(0)`,
    'contain: paint': `${small} contain: paint`,
    'will-change': `${small} will-change: transform`,
    perspective: `${small} perspective: 200px`,
    'backdrop-filter': `${small} backdrop-filter: blur(1px)`,
  };

  test.each(Object.keys(traps) as (keyof typeof traps)[])('%s: launcher, panel and the whole window', async (name) => {
    await page.viewport(1000, 800);
    const around = box(traps[name]);
    const { tag } = await mount({}, around);
    const launcher = at(tag, '[part="launcher"]');
    expect([Math.round(1000 - launcher.right), Math.round(800 - launcher.bottom)]).toEqual([20, 20]);
    tag.open = true;
    await settled(tag);
    const panel = at(tag);
    expect([panel.width, panel.height, 1000 - panel.right, 800 - panel.bottom].map(Math.round)).toEqual([400, 660, 20, 20]);
    tag.variant = 'full';
    await settled(tag);
    await vi.waitFor(() => {
      const full = at(tag);
      expect([full.left, full.top, full.width, full.height].map(Math.round)).toEqual([0, 0, 1000, 800]);
    });
    expect(document.elementFromPoint(900, 700)).toBe(tag);
  });

  test('in nested shadow roots inside a modal dialog', async () => {
    await page.viewport(1000, 800);
    const dialog = document.createElement('dialog');
    dialog.style.cssText =
      'transform: translateX(10px); container-type: inline-size; width: 300px; height: 200px; overflow: hidden';
    document.body.append(dialog);
    boxes.push(dialog);
    const inner = box('', box('', dialog).attachShadow({ mode: 'open' })).attachShadow({ mode: 'closed' });
    dialog.showModal();
    const { tag } = await mount({}, inner);
    const launcher = within(tag, '[part="launcher"]');
    expect(Math.round(1000 - at(tag, '[part="launcher"]').right)).toBe(20);
    launcher.click();
    await vi.waitFor(() => expect(has(tag, 'viva-panel:popover-open')).toBe(true));
    await settled(tag);
    const panel = at(tag);
    expect([1000 - panel.right, 800 - panel.bottom].map(Math.round)).toEqual([20, 20]);
    // A modal dialog makes everything outside of it inert; what is in the panel can be reached.
    const { left, top } = at(tag, '[part="close"]');
    expect(document.elementFromPoint(left + 5, top + 5)?.closest('dialog')).toBe(dialog);
  });

  test('a whole window that is moved in the document fills it again', async () => {
    await page.viewport(1000, 800);
    const around = box(traps.transform);
    const { tag } = await mount({ variant: 'full' }, around);
    expect(Math.round(at(tag).width)).toBe(1000);
    box(traps.perspective).append(tag);
    await settled(tag);
    await vi.waitFor(() => expect([at(tag).left, at(tag).width].map(Math.round)).toEqual([0, 1000]));
  });
});

test('a page’s ways with text stay outside, and what it hides is hidden', async () => {
  await page.viewport(1000, 800);
  const around = box('');
  const { tag } = await mount({}, around);
  const looks = (): readonly unknown[] => {
    const shown = everything(tag).filter((it) => it.matches('button, h2, p, textarea, viva-status, viva-transcript'));
    const names = ['-webkit-text-fill-color', '-webkit-text-stroke-width', 'text-shadow', 'word-break', 'hyphens', 'line-break']
      .concat(['text-transform', 'letter-spacing', 'word-spacing', 'text-indent', 'white-space', 'font', 'tab-size'])
      .concat(['font-variant-caps', 'line-height', 'writing-mode', 'pointer-events', 'text-align', 'text-decoration-line']);
    return shown.map((it) => names.map((name) => `${it.localName} ${name}: ${getComputedStyle(it).getPropertyValue(name)}`));
  };
  const loud = `-webkit-text-fill-color: magenta; -webkit-text-stroke: 1px red; text-shadow: 1px 1px red; word-break: break-all;
    hyphens: auto; line-break: anywhere; text-transform: uppercase; letter-spacing: 3px; word-spacing: 9px; text-indent: 2em;
    white-space: pre; font: small-caps italic 900 40px/3 cursive; tab-size: 2; writing-mode: vertical-rl; pointer-events: none;
    text-align: center; color: lime`;
  for (const open of [false, true]) {
    around.style.cssText = '';
    tag.open = open;
    await settled(tag);
    const plain = looks();
    expect(plain.length).toBeGreaterThan(0);
    around.style.cssText = loud;
    expect(looks()).toEqual(plain);
  }
  tag.open = false;
  await settled(tag);
  around.style.cssText = 'visibility: hidden';
  expect(within(tag, '[part="launcher"]').checkVisibility({ visibilityProperty: true })).toBe(false);
});

describe('corners and spacing by one word', () => {
  const corner = (tag: Element, selector: string) => getComputedStyle(within(tag, selector)).borderTopLeftRadius;

  test.each([
    ['pill', '999px', '24px', '20px'],
    ['round', '14px', '14px', '20px'],
    ['soft', '8px', '8px', '12px'],
    ['sharp', '2px', '2px', '3px'],
  ])('radius="%s"', async (radius, button, field, panel) => {
    const { tag } = await mount({ radius, open: '', variant: 'inline' });
    expect([corner(tag, '[part="start"]'), corner(tag, 'form'), corner(tag, 'viva-panel')]).toEqual([button, field, panel]);
  });

  test('a token that the page sets wins over both', async () => {
    const { tag } = await mount({ radius: 'sharp', density: 'compact', open: '', variant: 'inline' });
    tag.style.cssText = '--viva-btn-radius: 5px; --viva-radius: 7px; --viva-padding: 33px';
    expect([corner(tag, '[part="start"]'), corner(tag, 'viva-panel')]).toEqual(['5px', '7px']);
    expect(getComputedStyle(within(tag, '.stage')).paddingInlineStart).toBe('33px');
  });

  test('density moves everything apart, and nothing gets too small to be hit', async () => {
    const heights: number[] = [];
    for (const density of ['compact', 'normal', 'spacious']) {
      const { tag } = await mount({ density, open: '', variant: 'inline' });
      heights.push(within(tag, '.stage').getBoundingClientRect().height);
      for (const button of everything(tag).filter((it) => it.matches('button') && it.checkVisibility())) {
        const { width, height } = button.getBoundingClientRect();
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
      }
      unmountAll();
    }
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(new Set(heights).size).toBe(3);
  });
});

describe('where there is little room', () => {
  test.each([
    [320, 256],
    [390, 760],
    [740, 360],
  ])('%i × %i px: everything can be reached, nothing to the side', async (width, height) => {
    await page.viewport(width, height);
    for (const variant of ['launcher', 'compact', 'expanded', 'full']) {
      const { tag, assistant } = await mount({ variant, open: '' });
      assistant.show({ phase: 'speaking', playing: true, microphone: 'live' });
      await settled(tag);
      const panel = within(tag, 'viva-panel');
      expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
      for (const button of everything(tag).filter((it) => it.matches('button, textarea') && it.checkVisibility())) {
        button.scrollIntoView({ block: 'nearest' });
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const name = `${variant} ${button.getAttribute('part') ?? button.className}`;
        expect(Math.min(left, top), name).toBeGreaterThanOrEqual(-0.5);
        expect(right, name).toBeLessThanOrEqual(width + 0.5);
        expect(bottom, name).toBeLessThanOrEqual(height + 0.5);
      }
      unmountAll();
    }
  });

  test('text twice as large: buttons, signs and the panel grow with it, and no word is cut', async () => {
    await page.viewport(1000, 900);
    document.documentElement.style.fontSize = '32px';
    const { tag, assistant } = await mount({ open: '' });
    assistant.show({ phase: 'speaking', playing: true, microphone: 'live' });
    await settled(tag);
    expect(at(tag).width).toBeGreaterThan(700);
    expect(at(tag, '[part="mic"]').height).toBeGreaterThanOrEqual(88);
    for (const element of everything(within(tag, 'viva-panel')).filter(
      (it) => it.matches('button, h2, [part="status"]') && it.checkVisibility(),
    )) {
      expect(element.scrollWidth, element.outerHTML.slice(0, 60)).toBeLessThanOrEqual(element.clientWidth + 1 || Infinity);
    }
  });

  test.each(['launcher', 'compact', 'expanded'])(
    '%s, text twice as large on a phone: title and state are whole, and what was said has room',
    async (variant) => {
      await page.viewport(390, 844);
      document.documentElement.style.fontSize = '32px';
      const { tag, assistant } = await mount({ variant, open: '' });
      assistant.show({
        phase: 'reconnecting',
        microphone: 'live',
        retryInMs: ms(4000),
        transcript: [entry('user', 'When do you open?')],
      });
      await settled(tag);
      const panel = within(tag, 'viva-panel');
      const title = within(tag, 'h2');
      const lines = document.createRange();
      lines.selectNodeContents(title);
      expect(new Set(Array.from(lines.getClientRects(), ({ top }) => top)).size).toBe(1);
      const state = within(tag, '[part="status"]').getBoundingClientRect();
      expect(state.right).toBeLessThanOrEqual(within(tag, 'viva-status').getBoundingClientRect().right + 1);
      expect(within(tag, '.body').getBoundingClientRect().height).toBeGreaterThanOrEqual(6 * 32);
      expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
      const field = within(tag, 'textarea');
      field.scrollIntoView({ block: 'nearest' });
      expect(field.getBoundingClientRect().bottom).toBeLessThanOrEqual(844.5);
    },
  );

  test.each(['full', 'inline'])(
    '%s: the question before the first conversation stands in the column of the rest',
    async (variant) => {
      await page.viewport(1400, 900);
      const { tag } = await mount({ variant, consent: 'once', 'consent-key': 'never' });
      await until(() => expect(has(tag, 'viva-consent h3, h3#title')).toBe(true));
      await settled(tag);
      expect(at(tag, 'h3').left).toBeCloseTo(at(tag, 'h2').left, 0);
      expect(at(tag, '[part="decline"]').right).toBeLessThanOrEqual(
        at(tag, 'header').right - at(tag, 'h2').left + at(tag, 'header').left,
      );
    },
  );
});
