import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { counted } from '../counted.ts';
import type { TaskFrame, TaskManuscript } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import { fill } from '../strings.ts';
import { span } from '../streams/moments.ts';
import { formStyles } from '../tasks/form.styles.ts';
import { fileName, saveFile } from '../tasks/saved-file.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { framesWith, manuscriptJson, manuscriptMarkdown } from './manuscript-file.ts';
import { taskManuscriptStyles } from './task-manuscript.styles.ts';

/** So many frames are in the document at once; more on request. */
const PAGE = 60;

/**
 * What is written on each frame of a recording, beside the frame.
 *
 * @fires play - `detail`: ms of the recording where a frame is
 * @csspart frame - One frame
 */
export class VivaTaskManuscript extends LitElement {
  static override styles = [tokens, controlStyles, formStyles, taskManuscriptStyles];
  static override properties: PropertyDeclarations = {
    manuscript: { attribute: false },
    playable: { attribute: false },
    words: { attribute: false },
    search: { state: true },
    most: { state: true },
  };

  declare manuscript: TaskManuscript | null;
  /** There is a recording to play. */
  declare playable: boolean;
  declare words: Partial<TaskWords>;
  declare search: string;
  declare most: number;

  constructor() {
    super();
    this.manuscript = null;
    this.playable = false;
    this.words = {};
    this.search = '';
    this.most = PAGE;
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    const { manuscript } = this;
    if (manuscript === null)
      return html`<p class="empty">${words.manuscriptNone}</p>
        <p class="facts">${words.manuscriptNoneHint}</p>`;
    const frames = framesWith(manuscript.frames, this.search);
    const save = (ending: string, content: string, type: string) => (): void =>
      saveFile(fileName(manuscript.title, ending), content, type);
    return html`<div class="bar">
        <label>
          <span>${words.manuscriptFind}</span>
          <input type="search" autocomplete="off" .value=${this.search} @input=${this.#find} />
        </label>
        <p role="status" class="facts">${counted(words, 'manuscriptFrames', frames.length)}</p>
        <div class="ways">
          <button class="outline" @click=${save('md', manuscriptMarkdown(manuscript), 'text/markdown')}>
            ${words.manuscriptSaveMd}
          </button>
          <button class="outline" @click=${save('json', manuscriptJson(manuscript), 'application/json')}>
            ${words.manuscriptSaveJson}
          </button>
        </div>
      </div>
      <ol>
        ${frames.slice(0, this.most).map((frame) => this.#frame(words, frame))}
      </ol>
      ${
        frames.length > this.most
          ? html`<button class="outline more" @click=${() => (this.most += PAGE)}>${words.manuscriptMore}</button>`
          : nothing
      }`;
  }

  #frame(words: TaskWords, { number, text, atMs, imageUrl }: TaskFrame) {
    const name = fill(words.manuscriptFrame, { number });
    return html`<li part="frame">
      <figure>
        ${
          imageUrl === null
            ? html`<p class="no-image">${words.manuscriptNoImage}</p>`
            : html`<img src=${imageUrl} alt=${name} loading="lazy" decoding="async" />`
        }
        <figcaption>
          <span>${name}</span>
          ${atMs === null ? nothing : this.#time(words, atMs)}
        </figcaption>
      </figure>
      <p class=${text === '' ? 'empty' : 'text'} dir="auto">${text === '' ? words.manuscriptNoText : text}</p>
    </li>`;
  }

  #time(words: TaskWords, atMs: number) {
    const time = span(atMs);
    if (!this.playable) return html`<bdi>${time}</bdi>`;
    const play = (): void => {
      this.dispatchEvent(new CustomEvent('play', { detail: atMs }));
    };
    return html`<button class="outline" @click=${play}>${fill(words.manuscriptPlay, { time })}</button>`;
  }

  readonly #find = (event: Event): void => {
    this.search = (event.target as HTMLInputElement).value;
    this.most = PAGE;
  };
}
