import type { Page } from '@playwright/test';

/** A kiosk's page that tells by its console when it listens, and can be harmed. */

/** Runs before the page: keeps what the page opens, so that it can be taken away, and tells of the conversation by the console. */
const hooks = `
  const kept = { tracks: [], contexts: [], zeros: false, frozen: null, silent: new Set() };
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    if (kept.zeros) { kept.zeros = false; return silent(); }
    const stream = await open(wish); kept.tracks.push(...stream.getTracks()); return stream;
  };
  const silent = () => { const context = new Native(); const node = context.createMediaStreamDestination(); kept.silent.add(node.stream.getTracks()[0]); kept.tracks.push(...node.stream.getTracks()); return node.stream; };
  const Native = AudioContext;
  globalThis.AudioContext = class extends Native { constructor(options) { super(options); kept.contexts.push(this); } };
  const clock = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'currentTime').get;
  Object.defineProperty(BaseAudioContext.prototype, 'currentTime', { get() { return this === kept.frozen ? 7 : clock.call(this); } });
  const say = (what) => console.log('kiosk ' + what + ' ' + Date.now());
  addEventListener('DOMContentLoaded', () => {
    const tag = document.querySelector('viva-voce');
    let state = '';
    let heard = false;
    let looked = Date.now();
    setInterval(() => {
      if (!heard && tag.shadowRoot?.querySelector('viva-kiosk-attract')?.voice === true) {
        heard = true;
        console.log('ear ' + Math.round(performance.now()));
      }
      const { phase, microphone } = tag.assistant?.state.value ?? {};
      const context = kept.contexts.at(-1);
      const sound = context !== undefined && context.state === 'running' && context !== kept.frozen;
      const live = kept.tracks.some((track) => track.readyState === 'live' && !kept.silent.has(track));
      if (Date.now() - looked > 1000) state = '';
      looked = Date.now();
      const now = phase === 'listening' && microphone === 'live' && sound && live ? 'listens' : 'waits';
      if (now !== state) say(state = now);
    }, 20);
    tag.addEventListener('viva-visit', ({ cause }) => console.log('visit ' + cause));
    tag.addEventListener('viva-health', ({ health }) => console.log('health ' + JSON.stringify(health)));
    globalThis.fault = {
      device: () => { for (const track of kept.tracks.splice(0)) { track.stop(); track.dispatchEvent(new Event('ended')); } },
      frozen: () => { kept.frozen = kept.contexts.at(-1); },
      zeros: () => { kept.zeros = true; for (const track of kept.tracks.splice(0)) { track.stop(); track.dispatchEvent(new Event('ended')); } },
      busy: (ms) => setTimeout(() => { const until = performance.now() + ms; while (performance.now() < until); }, 0),
      restart: () => tag.assistant.stop(),
    };
  });
`;

export const page = (
  attributes: string,
): string => `<!doctype html><html lang="en"><head><title>Kiosk</title><script>${hooks}</script></head><body>
  <viva-voce variant="kiosk" heartbeat-ms="1000" heartbeat-url="/health" idle-timeout-ms="600000" ${attributes}></viva-voce>
  <script type="module" src="/embed/viva-voce.js"></script></body></html>`;

declare global {
  var fault: Readonly<Record<string, (ms?: number) => unknown>>;
}

export class Watched {
  readonly #told: { readonly what: string; readonly at: number }[] = [];
  health: Readonly<Record<string, unknown>> = {};

  constructor(tab: Page) {
    tab.on('console', (message) => {
      const [kind, ...rest] = message.text().split(' ');
      if (kind === 'kiosk') this.#told.push({ what: rest[0] ?? '', at: Number(rest[1]) });
      else if (kind === 'health') this.health = JSON.parse(rest.join(' ')) as Readonly<Record<string, unknown>>;
    });
  }

  /** ms from `since` until it listened and went on to for half a second; null = it did not within `limitMs`. */
  async listens(since: number, limitMs: number): Promise<number | null> {
    const until = Date.now() + limitMs;
    while (Date.now() < until) {
      const last = this.#told.at(-1);
      if (last?.what === 'listens' && last.at > since && Date.now() - last.at > 500) return last.at - since;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return null;
  }

  /** It stopped listening within `withinMs`. */
  async stops(withinMs: number): Promise<boolean> {
    const until = Date.now() + withinMs;
    while (Date.now() < until) {
      if (this.#told.at(-1)?.what !== 'listens') return true;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return false;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
