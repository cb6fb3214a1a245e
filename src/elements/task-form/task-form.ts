import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { TaskPrompt } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import { localMoment } from '../streams/form-wishes.ts';
import { formStyles } from '../tasks/form.styles.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { coverField } from './cover-field.ts';
import { readCover, type Cover } from './cover-picture.ts';
import { newTaskWish, pastTaskWish } from './form-wishes.ts';
import { promptField } from './prompt-field.ts';
import { reportField } from './report-field.ts';
import { taskFormStyles } from './task-form.styles.ts';

/**
 * The form that makes a task, or adds an event of the past with its report.
 *
 * @attr kind - `new` or `past`
 * @fires send - `detail`: what is wished for, a `NewTaskWish` or a `PastTaskWish`
 * @fires close
 * @csspart form - The form
 * @csspart cover - The cover before it is sent
 */
export class VivaTaskForm extends LitElement {
  static override styles = [tokens, controlStyles, formStyles, taskFormStyles];
  static override properties: PropertyDeclarations = {
    kind: {},
    prompts: { attribute: false },
    busy: { attribute: false },
    progress: { attribute: false },
    wrongField: { attribute: false },
    words: { attribute: false },
    cover: { state: true },
    prompt: { state: true },
    report: { state: true },
  };

  declare kind: 'new' | 'past';
  declare prompts: readonly TaskPrompt[];
  declare busy: boolean;
  /** 0–100 of the upload, null = not told. */
  declare progress: number | null;
  /** The field that the service refused. */
  declare wrongField: string | null;
  declare words: Partial<TaskWords>;
  declare cover: Cover | 'big' | 'bad' | null;
  /** Name of the chosen prompt; '' = the default one. */
  declare prompt: string;
  declare report: string;

  /** When the form was opened, Unix ms: the field does not run away while somebody types. */
  readonly #now = Date.now();
  /** Only the last chosen picture counts, however long each takes. */
  #taken = 0;

  constructor() {
    super();
    this.kind = 'new';
    this.prompts = [];
    this.busy = false;
    this.progress = null;
    this.wrongField = null;
    this.words = {};
    this.cover = null;
    this.prompt = '';
    this.report = '';
  }

  /** To the first field. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    const past = this.kind === 'past';
    return html`<form part="form" @submit=${this.#send} aria-label=${past ? words.tasksPast : words.tasksNew}>
      ${this.#text('name', words.formName, { required: true, max: 300 })}
      ${this.#text('url', words.formUrl, { required: true, max: 2000, hint: words.formUrlHint, address: true })}
      <div class="pair">
        <label>
          <span>${past ? words.formStarted : words.formStarts}</span>
          <input name="start" type="datetime-local" step="1" required value=${localMoment(this.#now)} />
        </label>
        ${this.#text('entity', words.formEntity, { max: 300 })}
        ${past ? this.#text('host', words.formHost, { max: 300, hint: words.formHostHint }) : nothing}
      </div>
      ${
        past
          ? reportField(words, this.report, (report) => (this.report = report))
          : promptField(words, this.prompts, this.prompt, (name) => (this.prompt = name))
      }
      ${coverField({ words, cover: this.cover, take: (file) => void this.#take(file) })}
      <div class="ways">
        <button class="solid" ?disabled=${this.#wrongCover} aria-disabled=${this.busy}>
          ${past ? words.formAdd : words.formCreate}
        </button>
        <button type="button" class="outline" @click=${() => this.dispatchEvent(new CustomEvent('close'))}>
          ${words.formCancel}
        </button>
      </div>
      ${
        this.busy
          ? html`<label class="progress">
              <span>${words.formSending}</span>
              <progress max="100" value=${this.progress ?? nothing}></progress>
            </label>`
          : nothing
      }
    </form>`;
  }

  #text(name: string, label: string, of: { required?: boolean; max: number; hint?: string; address?: boolean }) {
    const { required = false, max, hint, address = false } = of;
    const words = { ...taskStrings, ...this.words };
    return html`<label>
      <span id="${name}-label">${label} ${required ? nothing : html`<span class="optional">${words.formOptional}</span>`}</span>
      <input
        name=${name}
        ?required=${required}
        maxlength=${max}
        autocomplete="off"
        dir=${address ? 'ltr' : 'auto'}
        inputmode=${address ? 'url' : nothing}
        spellcheck=${address ? 'false' : nothing}
        aria-invalid=${this.#isWrong(name) ? 'true' : nothing}
        aria-labelledby="${name}-label"
        aria-describedby=${hint === undefined ? nothing : `${name}-hint`}
      />
      ${hint === undefined ? nothing : html`<small id="${name}-hint">${hint}</small>`}
    </label>`;
  }

  /** The service calls its fields by longer names. */
  #isWrong(name: string): boolean {
    const named: Readonly<Record<string, string>> = { livestream_name: 'name', host_name: 'host' };
    return this.wrongField !== null && (named[this.wrongField] ?? this.wrongField) === name;
  }

  get #wrongCover(): boolean {
    return typeof this.cover === 'string';
  }

  async #take(file: Blob | null): Promise<void> {
    const taken = ++this.#taken;
    const cover = file === null ? null : await readCover(file);
    if (taken === this.#taken) this.cover = cover;
  }

  readonly #send = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const image = this.cover === null || typeof this.cover === 'string' ? null : this.cover.file;
    const detail = this.kind === 'past' ? pastTaskWish(form, image) : newTaskWish(form, image);
    if (detail !== null && !this.busy) this.dispatchEvent(new CustomEvent('send', { detail }));
  };
}
