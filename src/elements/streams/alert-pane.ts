import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskDetail, DeskEvent, StreamsDesk } from '../../session/streams.ts';
import { alertWish, eventWish } from './form-wishes.ts';
import { clockTime } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';
import type { Work } from './work.ts';

/** What shall be noticed, where it is watched for, and what was noticed. */
export function alertPane(words: StreamWords, detail: DeskDetail, events: readonly DeskEvent[], desk: StreamsDesk, work: Work) {
  const { streamId, alerts, indexes, hits } = detail;
  const made = (key: string, wish: (form: FormData) => Promise<unknown>) => (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void work
      .run(key, () => wish(new FormData(form)).then(() => true))
      .then((done) => {
        if (done === true) form.reset();
      });
  };
  const nameOf = (indexId: string): string => indexes.find(({ id }) => id === indexId)?.name ?? indexId;
  return html`${
      alerts.length === 0
        ? html`<p class="empty">${words.alertNone}</p>`
        : html`<ul class="cards">
            ${repeat(
              alerts,
              ({ id }) => id,
              ({ id, indexId, label, enabled, callbackUrl }) =>
                html`<li class="card">
                  <h4><bdi>${label}</bdi></h4>
                  <p class="facts">
                    ${enabled ? words.alertOn : words.alertOff} · <bdi>${nameOf(indexId)}</bdi>${
                      callbackUrl === '' ? nothing : html` · <bdi dir="ltr">${callbackUrl}</bdi>`
                    }
                  </p>
                  <button
                    class="outline"
                    aria-disabled=${work.busy(id)}
                    @click=${() => void work.run(id, () => desk.enableAlert(streamId, indexId, id, !enabled))}
                  >
                    ${enabled ? words.alertDisable : words.alertEnable}
                  </button>
                </li>`,
            )}
          </ul>`
    }
    ${
      indexes.length === 0 || events.length === 0
        ? html`<p class="empty">${words.alertNeeds}</p>`
        : html`<details class="sheet">
            <summary>${words.alertNew}</summary>
            <form @submit=${made('alert', (form) => desk.alert(streamId, alertWish(form)))}>
              <div class="pair">
                <label>
                  <span>${words.alertEvent}</span>
                  <select name="event">
                    ${events.map(({ id, label }) => html`<option value=${id}>${label}</option>`)}
                  </select>
                </label>
                <label>
                  <span>${words.alertIndex}</span>
                  <select name="index">
                    ${indexes.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
                  </select>
                </label>
              </div>
              <label>
                <span>${words.alertUrl}</span>
                <input name="url" type="url" maxlength="2000" autocomplete="off" dir="ltr" aria-describedby="hook-hint" />
              </label>
              <small class="hint" id="hook-hint">${words.alertUrlHint}</small>
              <button class="solid" aria-disabled=${work.busy('alert')}>${words.alertCreate}</button>
            </form>
          </details>`
    }
    <details class="sheet" ?open=${events.length === 0}>
      <summary>${words.eventNew}</summary>
      ${events.length === 0 ? html`<p class="empty">${words.eventNone}</p>` : nothing}
      <form @submit=${made('event', (form) => desk.event(eventWish(form)))}>
        <label><span>${words.eventLabel}</span><input name="label" required maxlength="100" autocomplete="off" /></label>
        <label>
          <span>${words.eventPrompt}</span>
          <input name="prompt" required maxlength="2000" autocomplete="off" placeholder=${words.eventPromptHint} />
        </label>
        <button class="solid" aria-disabled=${work.busy('event')}>${words.eventCreate}</button>
      </form>
    </details>
    <h4>${words.alertHits}</h4>
    ${
      hits.length === 0
        ? html`<p class="empty">${words.alertNoHits}</p>`
        : html`<ol class="lines">
            ${hits.map(
              ({ startMs, label, text, severity }) =>
                html`<li class=${severity}>
                  <time datetime=${new Date(startMs).toISOString()}>${clockTime(startMs)}</time>
                  <p dir="auto"><strong>${label}</strong> ${text}</p>
                </li>`,
            )}
          </ol>`
    }`;
}
