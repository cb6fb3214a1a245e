import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskDetail, DeskIndex, StreamsDesk } from '../../session/streams.ts';
import { indexWish } from './form-wishes.ts';
import { clockTime } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';
import { windowsText } from './windows-text.ts';
import type { Work } from './work.ts';

/** The indexes of a stream: what they shall tell, and what they told. */

export interface IndexPane {
  readonly words: StreamWords;
  readonly detail: DeskDetail;
  readonly desk: StreamsDesk;
  readonly work: Work;
  /** The kind that the form is set to. */
  readonly kind: DeskIndex['kind'];
  readonly chooseKind: (kind: DeskIndex['kind']) => void;
}

const TIERS = ['mini', 'basic', 'pro', 'ultra'];
/** Scenes shown of each index; the player's lane has them all. */
const SHOWN = 20;

export function indexPane(pane: IndexPane) {
  const { words, detail } = pane;
  return html`${
      detail.indexes.length === 0
        ? html`<p class="empty">${words.indexNone}</p>`
        : html`<ul class="cards">
            ${repeat(
              detail.indexes,
              ({ id }) => id,
              (index) => card(pane, index),
            )}
          </ul>`
    }
    <details class="sheet">
      <summary>${words.indexNew}</summary>
      ${newIndex(pane)}
    </details>`;
}

function card({ words, detail, desk, work }: IndexPane, index: DeskIndex) {
  const scenes = detail.scenes.filter((scene) => scene.id.startsWith(`${index.id}-`)).slice(0, SHOWN);
  const key = `index ${index.id}`;
  const change = (event: SubmitEvent): void => {
    event.preventDefault();
    const prompt = new FormData(event.currentTarget as HTMLFormElement).get('prompt');
    if (typeof prompt === 'string') void work.run(key, () => desk.prompt(detail.streamId, index.id, prompt.trim()));
  };
  const windows = windowsText(words, index.windows);
  return html`<li class="card">
    <h4><bdi>${index.name}</bdi></h4>
    <p class="facts">
      ${index.kind === 'visual' ? words.indexVisual : words.indexAudio}${[
        ...windows,
        ...(index.tier === null ? [] : [index.tier]),
      ].map((fact) => html` · <bdi>${fact}</bdi>`)}
    </p>
    <p dir="auto" class="prompt">${index.prompt}</p>
    <div class="ways">
      <button
        class="outline"
        aria-disabled=${work.busy(key)}
        @click=${() => void work.run(key, () => desk.runIndex(detail.streamId, index.id, !index.running))}
      >
        ${index.running ? words.indexPause : words.indexResume}
      </button>
      <details class="inline">
        <summary>${words.indexChange}</summary>
        <form @submit=${change}>
          <label
            ><span>${words.indexPrompt}</span><textarea name="prompt" required rows="3" .value=${index.prompt}></textarea>
          </label>
          <button class="solid" aria-disabled=${work.busy(key)}>${words.indexSave}</button>
        </form>
      </details>
    </div>
    <details>
      <summary>${words.indexScenes}</summary>
      ${
        scenes.length === 0
          ? html`<p class="empty">${words.indexNoScenes}</p>`
          : html`<ol class="lines">
              ${scenes.map(
                ({ startMs, text }) =>
                  html`<li>
                    <time datetime=${new Date(startMs).toISOString()}>${clockTime(startMs)}</time>
                    <p dir="auto">${text}</p>
                  </li>`,
              )}
            </ol>`
      }
    </details>
  </li>`;
}

function newIndex({ words, detail, desk, work, kind, chooseKind }: IndexPane) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    void work
      .run('index', () => desk.index(detail.streamId, indexWish(new FormData(form))).then(() => true))
      .then((made) => {
        if (made === true) form.reset();
      });
  };
  const choice = (value: DeskIndex['kind'], label: string) =>
    html`<label class="choice">
      <input type="radio" name="kind" value=${value} ?checked=${kind === value} @change=${() => chooseKind(value)} />
      <span>${label}</span>
    </label>`;
  return html`<form @submit=${submit}>
    <fieldset>
      <legend>${words.indexKind}</legend>
      ${choice('visual', words.indexVisual)} ${choice('audio', words.indexAudio)}
    </fieldset>
    <label><span>${words.indexName}</span><input name="name" required maxlength="200" autocomplete="off" /></label>
    <label>
      <span>${words.indexPrompt}</span>
      <textarea
        name="prompt"
        required
        rows="3"
        placeholder=${kind === 'visual' ? words.indexPromptVisual : words.indexPromptAudio}
      ></textarea>
    </label>
    ${
      kind === 'visual'
        ? html`<div class="pair">
            <label
              ><span>${words.indexSeconds}</span><input name="seconds" type="number" min="1" max="3600" value="10" required
            /></label>
            <label
              ><span>${words.indexFrames}</span><input name="frames" type="number" min="1" max="60" value="5" required
            /></label>
            <label>
              <span>${words.indexTier}</span>
              <select name="tier">
                ${TIERS.map((tier) => html`<option value=${tier} ?selected=${tier === 'basic'}>${tier}</option>`)}
              </select>
            </label>
          </div>`
        : html`<div class="pair">
            <label>
              <span>${words.indexBy}</span>
              <select name="by">
                <option value="sentence" selected>${words.indexSentences}</option>
                <option value="word">${words.indexWords}</option>
                <option value="time">${words.indexTime}</option>
              </select>
            </label>
            <label
              ><span>${words.indexCount}</span><input name="count" type="number" min="1" max="10000" value="5" required
            /></label>
          </div>`
    }
    <button class="solid" aria-disabled=${work.busy('index')}>${words.indexCreate}</button>
  </form>`;
}
