import { html, nothing, type ReactiveController } from 'lit';
import type { NewTaskWish, PastTaskWish, TaskPrompt } from '../../session/tasks.ts';
import type { VivaTaskForm } from '../task-form/task-form.ts';
import type { VivaTaskPrompts } from '../task-prompts/task-prompts.ts';
import type { TaskWords } from './task-strings.ts';
import type { Bench, Workbench } from './workbench.ts';

/** What opens above the tasks: the forms that add one, and the prompts. */

export type Sheet = 'new' | 'past' | 'prompts';

export class Sheets implements ReactiveController {
  readonly #host: Bench;
  readonly #bench: Workbench;
  #sheet: Sheet | null = null;
  /** Name of the prompt that was stored last. */
  #saved: string | null = null;

  constructor(host: Bench, bench: Workbench) {
    this.#host = host;
    this.#bench = bench;
    host.addController(this);
  }

  get closed(): boolean {
    return this.#sheet === null;
  }

  hostDisconnected(): void {
    this.#sheet = null;
  }

  hostUpdated(): void {
    const dialog = this.#host.renderRoot.querySelector('dialog');
    if (this.#sheet === null) dialog?.close();
    else if (dialog?.open === false) {
      dialog.showModal();
      void this.#enter(dialog);
    }
  }

  open(sheet: Sheet): void {
    void import('../task-report/define.ts');
    void (sheet === 'prompts' ? import('../task-prompts/define.ts') : import('../task-form/define.ts'));
    this.#bench.work.dismiss();
    this.#saved = null;
    this.#show(sheet);
  }

  render(words: TaskWords) {
    const sheet = this.#sheet;
    const { work } = this.#bench;
    const titles = { new: words.tasksNew, past: words.tasksPast, prompts: words.promptsTitle };
    return html`<dialog
      part="sheet"
      class=${sheet === 'prompts' ? 'wide' : ''}
      aria-labelledby="sheet-title"
      @close=${() => this.#show(null)}
    >
      ${
        sheet === null
          ? nothing
          : html`<h2 id="sheet-title">${titles[sheet]}</h2>
              <div role="alert">${work.failure === null ? nothing : html`<p class="trouble">${work.failure.message}</p>`}</div>
              ${sheet === 'prompts' ? this.#prompts(words) : this.#form(words, sheet)}`
      }
    </dialog>`;
  }

  #prompts(words: TaskWords) {
    return html`<viva-task-prompts
      .prompts=${this.#bench.state.prompts}
      .busy=${this.#bench.work.busy('prompt')}
      .saved=${this.#saved}
      .words=${words}
      @save=${({ detail }: CustomEvent<TaskPrompt>) => void this.#save(detail)}
      @close=${() => this.#show(null)}
    ></viva-task-prompts>`;
  }

  #form(words: TaskWords, kind: 'new' | 'past') {
    const { work, state } = this.#bench;
    return html`<viva-task-form
      kind=${kind}
      .prompts=${state.prompts}
      .busy=${work.busy('create')}
      .progress=${work.progress('create')}
      .wrongField=${work.failure?.field ?? null}
      .words=${words}
      @send=${({ detail }: CustomEvent<NewTaskWish | PastTaskWish>) => void this.#send(detail)}
      @close=${() => this.#show(null)}
    ></viva-task-form>`;
  }

  /** What stands in it may still be fetched; the dialog keeps the focus for it until then. */
  async #enter(dialog: HTMLDialogElement): Promise<void> {
    const content: VivaTaskForm | VivaTaskPrompts | null = dialog.querySelector('viva-task-form, viva-task-prompts');
    if (content === null) return;
    await customElements.whenDefined(content.localName);
    await content.updateComplete;
    if (content.isConnected && dialog.matches(':focus')) content.focus();
  }

  #show(sheet: Sheet | null): void {
    if (sheet === null && this.#sheet !== null) this.#bench.work.dismiss();
    this.#sheet = sheet;
    this.#host.requestUpdate();
  }

  async #send(wish: NewTaskWish | PastTaskWish): Promise<void> {
    const { link, work } = this.#bench;
    const { desk } = link;
    if (desk === null) return;
    const id = await work.run('create', (progress) => ('report' in wish ? desk.createPast(wish) : desk.create(wish, progress)));
    if (id === null) return;
    this.#show(null);
    this.#bench.choose(id);
  }

  async #save(prompt: TaskPrompt): Promise<void> {
    const { link, work } = this.#bench;
    this.#saved = null;
    const done = await work.run('prompt', async () => {
      await link.desk?.savePrompt(prompt);
      return true;
    });
    if (done === true) this.#saved = prompt.name;
    this.#host.requestUpdate();
  }
}
