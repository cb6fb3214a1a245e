import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskDetail, StreamsDesk } from '../../session/streams.ts';
import { languageName, sortedByName } from '../captions/language-names.ts';
import { transcriptWish } from './form-wishes.ts';
import { clockTime } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';
import { spokenAtFirst, targetsOf, type Translations } from './transcript-choices.ts';
import type { Work } from './work.ts';

/** What is said on the stream, in which languages, and whether it is written down. */

export interface TranscriptPane {
  readonly words: StreamWords;
  readonly detail: DeskDetail;
  readonly desk: StreamsDesk;
  readonly work: Work;
  /** BCP 47 of who reads this. */
  readonly reader: string;
  /** What the form says is spoken; null = nobody chose. */
  readonly spoken: string | null;
  readonly chooseSpoken: (language: string) => void;
}

export function transcriptPane(pane: TranscriptPane) {
  const { words, detail, desk, work, reader } = pane;
  const { streamId, transcript, lines, into } = detail;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wish = transcriptWish(new FormData(event.currentTarget as HTMLFormElement));
    void work.run('transcript', () => desk.transcribe(streamId, wish));
  };
  const busy = work.busy('transcript');
  return html`${
    transcript === 'running'
      ? html`${
            into.length === 0
              ? nothing
              : html`<p class="facts">
                  ${words.transcriptInto}:
                  <bdi>${new Intl.ListFormat(reader).format(into.map((tag) => languageName(tag, reader)))}</bdi>
                </p>`
          }
          <button
            class="outline"
            aria-disabled=${busy}
            @click=${() => void work.run('transcript', () => desk.transcribe(streamId, null))}
          >
            ${words.transcriptStop}
          </button>`
      : html`<form class="line" @submit=${submit}>
          ${detail.translations === null ? typedLanguages(words) : chosenLanguages(pane, detail.translations)}
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
              ({ text, translations, startMs, language, final }) =>
                html`<li class=${final ? '' : 'growing'}>
                  <time datetime=${new Date(startMs).toISOString()}>${clockTime(startMs)}</time>
                  <p lang=${language === '' ? nothing : language} dir="auto">${text}</p>
                  ${Object.entries(translations).map(
                    ([tag, told]) => html`<p class="translation" lang=${tag} dir="auto">${told}</p>`,
                  )}
                </li>`,
            )}
          </ol>`
  }`;
}

/** The gateway told what it hears and what it translates. */
function chosenLanguages({ words, detail, reader, spoken, chooseSpoken }: TranscriptPane, translations: Translations) {
  const heard = sortedByName(Object.keys(translations), reader);
  const now = spoken ?? spokenAtFirst(translations, detail.spoken);
  const targets = sortedByName(targetsOf(translations, now), reader);
  return html`<label>
      <span>${words.transcriptSpoken}</span>
      <select name="language" @change=${(event: Event) => chooseSpoken((event.currentTarget as HTMLSelectElement).value)}>
        ${heard.map(({ tag, name }) => html`<option value=${tag} .selected=${tag === now}>${name}</option>`)}
        <option value="auto" .selected=${now === 'auto'}>${words.playerAutomatic}</option>
      </select>
    </label>
    ${
      targets.length === 0
        ? nothing
        : html`<fieldset class="languages">
            <legend>${words.transcriptInto}</legend>
            ${repeat(
              targets,
              ({ tag }) => tag,
              ({ tag, name }) =>
                html`<label class="choice">
                  <input type="checkbox" name="into" value=${tag} ?checked=${detail.into.includes(tag)} /><span>${name}</span>
                </label>`,
            )}
          </fieldset>`
    }`;
}

const typedLanguages = (words: StreamWords) =>
  html`<label>
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
    <small class="hint" id="into-hint">${words.transcriptIntoHint}</small>`;
