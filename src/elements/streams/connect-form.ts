import { html, nothing } from 'lit';
import type { ConnectWish } from '../../session/streams.ts';
import { connectWish } from './form-wishes.ts';
import type { StreamWords } from './stream-strings.ts';

/** The form that connects a stream. */

export interface ConnectForm {
  readonly words: StreamWords;
  readonly busy: boolean;
  readonly push: boolean;
  readonly choosePush: (push: boolean) => void;
  readonly connect: (wish: ConnectWish) => void;
  readonly cancel: () => void;
}

export function connectForm({ words, busy, push, choosePush, connect, cancel }: ConnectForm) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    connect(connectWish(new FormData(event.currentTarget as HTMLFormElement)));
  };
  return html`<form part="connect" class="sheet" @submit=${submit} aria-labelledby="connect-title">
    <h3 id="connect-title">${words.streamConnect}</h3>
    <label><span>${words.streamName}</span><input name="name" required maxlength="200" autocomplete="off" autofocus /></label>
    <fieldset>
      <legend>${words.streamFrom}</legend>
      <label class="choice">
        <input type="radio" name="from" value="pull" ?checked=${!push} @change=${() => choosePush(false)} />
        <span>${words.streamPull}</span>
      </label>
      <label class="choice">
        <input type="radio" name="from" value="push" ?checked=${push} @change=${() => choosePush(true)} />
        <span>${words.streamPush}</span>
      </label>
    </fieldset>
    ${
      push
        ? nothing
        : html`<label>
              <span>${words.streamUrl}</span>
              <input
                name="url"
                required
                maxlength="2000"
                inputmode="url"
                autocomplete="off"
                spellcheck="false"
                dir="ltr"
                aria-describedby="url-hint"
              />
            </label>
            <small class="hint" id="url-hint">${words.streamUrlHint}</small>`
    }
    <fieldset>
      <legend>${words.streamTracks}</legend>
      <label class="choice"><input type="checkbox" name="video" checked /><span>${words.streamVideo}</span></label>
      <label class="choice"><input type="checkbox" name="audio" checked /><span>${words.streamAudio}</span></label>
    </fieldset>
    <label class="choice"><input type="checkbox" name="store" checked /><span>${words.streamStore}</span></label>
    <label class="choice"><input type="checkbox" name="transcript" /><span>${words.streamTranscribe}</span></label>
    <label>
      <span>${words.streamRate}</span>
      <input name="rate" type="number" min="1" max="1800" step="1" inputmode="numeric" placeholder="30" />
    </label>
    <div class="ways">
      <button class="solid" aria-disabled=${busy}>${words.streamConnect}</button>
      <button type="button" class="outline" @click=${cancel}>${words.streamCancel}</button>
    </div>
  </form>`;
}
