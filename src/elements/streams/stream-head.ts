import { html, nothing } from 'lit';
import type { DeskStream, StreamsDesk } from '../../session/streams.ts';
import { changeWish } from './form-wishes.ts';
import { stateOf } from './stream-list.ts';
import type { StreamWords } from './stream-strings.ts';
import type { Work } from './work.ts';

/** The chosen stream: what it is, how it does, start, stop and remove. */

export interface StreamHead {
  readonly words: StreamWords;
  readonly stream: DeskStream;
  readonly desk: StreamsDesk;
  readonly work: Work;
  readonly copied: boolean;
  readonly copy: (text: string) => void;
  readonly back: () => void;
}

export function streamHead({ words, stream, desk, work, copied, copy, back }: StreamHead) {
  const running = stream.status === 'connected';
  const state = stateOf(stream);
  const { pushUrl } = stream;
  const remove = (event: Event): void => {
    const dialog = (event.currentTarget as HTMLElement).parentElement?.querySelector('dialog');
    dialog?.showModal();
  };
  const removeNow = (): void => {
    void work.run('remove', () => desk.remove(stream.id)).then(() => back());
  };
  const change = (event: SubmitEvent): void => {
    event.preventDefault();
    const wish = changeWish(new FormData(event.currentTarget as HTMLFormElement));
    void work.run('change', () => desk.change(stream.id, wish));
  };
  return html`<header>
    <button class="plain back" @click=${back}>${words.streamBack}</button>
    <h3><bdi>${stream.name}</bdi></h3>
    <p class="facts">
      <span class="dot ${state}" aria-hidden="true"></span>${words[`stream-${state}`]}${
        stream.message === null ? nothing : html` · <bdi>${stream.message}</bdi>`
      }
    </p>
    ${stream.url === null ? nothing : html`<p class="facts"><bdi dir="ltr">${stream.url}</bdi></p>`}
    ${
      pushUrl === null
        ? nothing
        : html`<p class="facts">
            ${words.streamPublishTo} <code dir="ltr">${pushUrl}</code>
            <button class="outline" @click=${() => copy(pushUrl)}>${copied ? words.streamCopied : words.streamCopy}</button>
          </p>`
    }
    <div class="ways">
      <button
        class=${running ? 'outline' : 'solid'}
        aria-disabled=${work.busy('run')}
        @click=${() => void work.run('run', () => desk.run(stream.id, !running))}
      >
        ${running ? words.streamStop : words.streamStart}
      </button>
      <button class="outline" @click=${remove}>${words.streamRemove}</button>
      <dialog aria-labelledby="remove-ask">
        <form method="dialog">
          <p id="remove-ask">${words.streamRemoveAsk.replace('{name}', stream.name)}</p>
          <div class="ways">
            <button class="solid danger" @click=${removeNow}>${words.streamRemove}</button>
            <button class="outline" autofocus>${words.streamCancel}</button>
          </div>
        </form>
      </dialog>
    </div>
    <details class="more">
      <summary>${words.streamChange}</summary>
      <form @submit=${change}>
        <div class="pair">
          <label>
            <span>${words.streamName}</span>
            <input name="title" required maxlength="200" autocomplete="off" .value=${stream.name} />
          </label>
          <label>
            <span>${words.streamRate}</span>
            <input
              name="rate"
              type="number"
              min="1"
              max="1800"
              step="1"
              inputmode="numeric"
              .value=${stream.sampleRate === null ? '' : String(stream.sampleRate)}
            />
          </label>
        </div>
        <button class="outline" aria-disabled=${work.busy('change')}>${words.streamSave}</button>
      </form>
    </details>
  </header>`;
}
