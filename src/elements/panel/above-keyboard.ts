import type { ReactiveController } from 'lit';

/**
 * Keeps a panel that is fixed to the bottom above the on-screen keyboard: iOS lays the keyboard over the page without resizing it, so
 * only `visualViewport` knows. The height is told to the style sheet as `--_keyboard` (px).
 */
export function aboveKeyboard(host: HTMLElement): ReactiveController {
  const viewport = typeof visualViewport === 'undefined' ? null : visualViewport;
  const follow = (): void => {
    const hidden = viewport === null ? 0 : Math.max(0, innerHeight - viewport.height - viewport.offsetTop);
    host.style.setProperty('--_keyboard', `${Math.round(hidden)}px`);
  };
  return {
    hostConnected: () => {
      viewport?.addEventListener('resize', follow);
      viewport?.addEventListener('scroll', follow);
    },
    hostDisconnected: () => {
      viewport?.removeEventListener('resize', follow);
      viewport?.removeEventListener('scroll', follow);
    },
  };
}
