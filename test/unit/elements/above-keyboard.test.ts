import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aboveKeyboard } from '../../../src/elements/panel/above-keyboard.ts';

/** A panel above the keyboard of a telephone, which lies over the page and tells `visualViewport` alone. */

class Viewport extends EventTarget {
  height = 800;
  offsetTop = 0;

  change(height: number, offsetTop = 0): void {
    Object.assign(this, { height, offsetTop });
    this.dispatchEvent(new Event('resize'));
  }
}

let viewport: Viewport;
let told: string[];
const host = { style: { setProperty: (name: string, value: string) => told.push(`${name} ${value}`) } } as unknown as HTMLElement;

beforeEach(() => {
  viewport = new Viewport();
  told = [];
  vi.stubGlobal('innerHeight', 800);
  vi.stubGlobal('visualViewport', viewport);
});
afterEach(() => vi.unstubAllGlobals());

describe('above the keyboard', () => {
  it('tells how much of the window is hidden, also when the page was shifted', () => {
    aboveKeyboard(host).hostConnected?.();
    viewport.change(460.4);
    viewport.change(460, 100);
    viewport.change(800);
    expect(told).toEqual(['--_keyboard 340px', '--_keyboard 240px', '--_keyboard 0px']);
  });

  it('is never less than nothing, as when somebody has zoomed out', () => {
    aboveKeyboard(host).hostConnected?.();
    viewport.change(900);
    expect(told).toEqual(['--_keyboard 0px']);
  });

  it('listens no more once the panel has left, and needs no such viewport', () => {
    const controller = aboveKeyboard(host);
    controller.hostConnected?.();
    controller.hostDisconnected?.();
    viewport.change(400);
    expect(told).toEqual([]);
    vi.stubGlobal('visualViewport', undefined);
    expect(() => aboveKeyboard(host).hostConnected?.()).not.toThrow();
  });
});
