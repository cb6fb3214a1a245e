import { html, nothing } from 'lit';
import type { DeskClip, DeskStream, StreamsDesk } from '../../session/streams.ts';
import { localMoment, momentOf } from './form-wishes.ts';
import type { StreamWords } from './stream-strings.ts';
import type { Work } from './work.ts';

/** A stretch of what is recorded, played at once; or all of it as a lasting video. */

export interface ClipPane {
  readonly words: StreamWords;
  readonly stream: DeskStream;
  readonly desk: StreamsDesk;
  readonly work: Work;
  /** Unix ms */
  readonly now: number;
  readonly clip: DeskClip | null;
  readonly play: (clip: DeskClip) => void;
  readonly exported: () => void;
}

const MINUTE_MS = 60_000;

export function clipPane({ words, stream, desk, work, now, clip, play, exported }: ClipPane) {
  const generate = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [startMs, endMs] = [momentOf(form, 'from'), momentOf(form, 'to')];
    if (startMs === null || endMs === null) return;
    void work.run('clip', () => desk.clip(stream.id, startMs, endMs)).then((made) => made !== null && play(made));
  };
  const last = (event: Event, ms: number): void => {
    const { elements } = (event.currentTarget as HTMLButtonElement).form ?? { elements: null };
    const field = (name: string) => elements?.namedItem(name);
    const [from, to] = [field('from'), field('to')];
    if (!(from instanceof HTMLInputElement) || !(to instanceof HTMLInputElement)) return;
    from.value = localMoment(Date.now() - ms);
    to.value = localMoment(Date.now());
  };
  const exporting = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = new FormData(event.currentTarget as HTMLFormElement).get('name');
    const wished = typeof name === 'string' && name.trim() !== '' ? name.trim() : null;
    void work.run('export', (progress) => desk.export(stream.id, wished, progress)).then((video) => video !== null && exported());
  };
  return html`<form @submit=${generate}>
      <div class="pair">
        <label>
          <span>${words.clipFrom}</span>
          <input name="from" type="datetime-local" step="1" required value=${localMoment(now - MINUTE_MS)} />
        </label>
        <label>
          <span>${words.clipTo}</span>
          <input name="to" type="datetime-local" step="1" required value=${localMoment(now)} />
        </label>
      </div>
      <div class="ways">
        <button class="solid" aria-disabled=${work.busy('clip')}>${words.clipPlay}</button>
        <button type="button" class="outline" @click=${(event: Event) => last(event, MINUTE_MS)}>${words.clipMinute}</button>
        <button type="button" class="outline" @click=${(event: Event) => last(event, 5 * MINUTE_MS)}>${words.clipFive}</button>
      </div>
    </form>
    ${
      clip === null
        ? nothing
        : html`<p class="links">
            <a href=${clip.streamUrl} target="_blank" rel="noopener">${words.clipLink}</a>
            ${clip.playerUrl === null ? nothing : html`<a href=${clip.playerUrl} target="_blank" rel="noopener">${words.clipPage}</a>`}
          </p>`
    }
    <form class="line" @submit=${exporting}>
      <label>
        <span>${words.exportName}</span>
        <input name="name" maxlength="200" autocomplete="off" placeholder=${stream.name} aria-describedby="export-hint" />
      </label>
      <small class="hint" id="export-hint">${words.exportHint}</small>
      <button class="solid" ?disabled=${stream.status === 'connected'} aria-disabled=${work.busy('export')}>
        ${words.exportStart}
      </button>
    </form>
    ${
      work.busy('export')
        ? html`<label class="progress"
            ><span>${words.exportProgress}</span><progress max="100" .value=${work.progress('export') ?? 0}></progress
          ></label>`
        : nothing
    }`;
}
