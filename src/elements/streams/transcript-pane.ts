import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskDetail, StreamsDesk } from '../../session/streams.ts';
import { transcriptWish } from './form-wishes.ts';
import { clockTime } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';
import type { Work } from './work.ts';

/** What is said on the stream, and whether it is written down. */
export function transcriptPane(words: StreamWords, detail: DeskDetail, desk: StreamsDesk, work: Work) {
  const { streamId, transcript, lines } = detail;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wish = transcriptWish(new FormData(event.currentTarget as HTMLFormElement));
    void work.run('transcript', () => desk.transcribe(streamId, wish));
  };
  const busy = work.busy('transcript');
  return html`${
    transcript === 'running'
      ? html`<button
          class="outline"
          aria-disabled=${busy}
          @click=${() => void work.run('transcript', () => desk.transcribe(streamId, null))}
        >
          ${words.transcriptStop}
        </button>`
      : html`<form class="line" @submit=${submit}>
          <label>
            <span>${words.transcriptSpoken}</span>
            <input
              name="language"
              maxlength="35"
              autocomplete="off"
              spellcheck="false"
              dir="ltr"
              placeholder="en"
              aria-describedby="spoken-hint"
            />
          </label>
          <small class="hint" id="spoken-hint">${words.transcriptSpokenHint}</small>
          <label>
            <span>${words.transcriptInto}</span>
            <input name="into" maxlength="100" autocomplete="off" spellcheck="false" dir="ltr" aria-describedby="into-hint" />
          </label>
          <small class="hint" id="into-hint">${words.transcriptIntoHint}</small>
          <button class="solid" aria-disabled=${busy}>${words.transcriptStart}</button>
        </form>`
  }
  ${
    lines.length === 0
      ? html`<p class="empty">${transcript === 'running' ? words.transcriptNone : words.transcriptOff}</p>`
      : html`<button
            class="plain"
            aria-disabled=${work.busy('earlier')}
            @click=${() => void work.run('earlier', () => desk.earlier(streamId))}
          >
            ${words.transcriptEarlier}
          </button>
          <ol class="lines">
            ${repeat(
              lines,
              ({ id }) => id,
              ({ text, startMs, language, final }) =>
                html`<li class=${final ? '' : 'growing'}>
                  <time datetime=${new Date(startMs).toISOString()}>${clockTime(startMs)}</time>
                  <p lang=${language === '' ? nothing : language} dir="auto">${text}</p>
                </li>`,
            )}
          </ol>`
  }`;
}
