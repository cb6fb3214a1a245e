import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { TaskDetail } from '../../session/tasks.ts';
import { controlStyles } from '../controls.styles.ts';
import { tabRow } from '../streams/tabs.ts';
import type { ImagePolicy } from '../markdown/link-policy.ts';
import { formStyles } from '../tasks/form.styles.ts';
import { statusStyles } from '../tasks/status.styles.ts';
import { startingPlace, type TaskView } from '../tasks/task-hash.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import { tokens } from '../tokens.styles.ts';
import { aboutPane } from './about-pane.ts';
import { analysisSteps } from './analysis-steps.ts';
import { reportPane } from './report-pane.ts';
import { taskDetailStyles } from './task-detail.styles.ts';
import { taskHead, type TaskAct } from './task-head.ts';

/** What is being done with the task that is looked at. */
export interface TaskDetailState {
  /** Wishes that the service has not answered yet. */
  readonly busy: ReadonlySet<TaskAct>;
  /** It will be deleted, or the service was asked to. */
  readonly leaving: 'soon' | 'now' | null;
}

/** What of a `<viva-player>` is moved from here. */
interface Player extends HTMLElement {
  currentTime: number;
  play(): Promise<void>;
}

/**
 * One livestream task: its picture, how far its analysis is, its report, its manuscript beside the frames, its log.
 *
 * @attr color-scheme - `auto`, `light` or `dark`
 * @fires act - `detail`: what was pressed: `listen`, `stop`, `analyse`, `delete`, `keep`, `print`, `back`
 * @fires view - `detail`: what of it is looked at: `report`, `manuscript`, `log`, `about`
 * @csspart head - Name, status and buttons
 * @csspart player - Its picture
 * @csspart steps - How far the analysis is
 * @csspart pane - What the chosen tab shows
 */
export class VivaTaskDetail extends LitElement {
  static override styles = [tokens, controlStyles, formStyles, statusStyles, taskDetailStyles];
  static override properties: PropertyDeclarations = {
    detail: { attribute: false },
    view: { attribute: false },
    state: { attribute: false },
    images: { attribute: false },
    colorScheme: { attribute: 'color-scheme' },
    words: { attribute: false },
  };

  declare detail: TaskDetail | null;
  declare view: TaskView;
  declare state: TaskDetailState;
  declare images: ImagePolicy;
  declare colorScheme: string;
  declare words: Partial<TaskWords>;

  constructor() {
    super();
    this.detail = null;
    this.view = startingPlace.view;
    this.state = { busy: new Set(), leaving: null };
    this.images = 'own';
    this.colorScheme = 'auto';
    this.words = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void import('../player/define.ts');
    void import('../task-log/define.ts');
    void import('../task-manuscript/define.ts');
    void import('../task-report/define.ts');
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    const { detail, state, view } = this;
    if (detail === null) return html`<p role="status" class="empty">${words.taskLoading}</p>`;
    const { task } = detail;
    const tabs: readonly { readonly name: TaskView; readonly label: string }[] = [
      { name: 'report', label: words.taskViewReport },
      { name: 'manuscript', label: words.taskViewManuscript },
      { name: 'log', label: words.taskViewLog },
      { name: 'about', label: words.taskViewAbout },
    ];
    const tell = (name: 'act' | 'view', what: string): void => {
      if (name === 'act') this.dispatchEvent(new CustomEvent('act', { detail: what }));
      else this.dispatchEvent(new CustomEvent('view', { detail: what }));
    };
    return html`<article aria-labelledby="title">
      ${taskHead({ words, task, state, act: (act) => tell('act', act) })} ${this.#player(words, detail)}
      ${analysisSteps(words, task.status === 'processing' ? detail.progress : null)}
      ${tabRow(task.name, tabs, view, (name) => tell('view', name))}
      <div part="pane" class="pane" id="pane" role="tabpanel" tabindex="0" aria-labelledby="tab-${view}">
        ${this.#pane(words, detail)}
      </div>
    </article>`;
  }

  #player(words: TaskWords, { task, liveUrl, recordedUrl }: TaskDetail) {
    const src = liveUrl ?? recordedUrl;
    if (src === null) return nothing;
    return html`<viva-player
      part="player"
      src=${src}
      aria-label=${liveUrl === null ? words.taskRecorded : words.taskLive}
      heading=${task.name}
      poster=${task.image ?? nothing}
      preload="metadata"
      color-scheme=${this.colorScheme}
      nopanel
      muted
    ></viva-player>`;
  }

  #pane(words: TaskWords, { task, log, manuscript, recordedUrl, liveUrl }: TaskDetail) {
    switch (this.view) {
      case 'report':
        return reportPane(words, task, this.images);
      case 'manuscript':
        return html`<viva-task-manuscript
          .manuscript=${manuscript}
          .playable=${recordedUrl !== null && liveUrl === null}
          .words=${this.words}
          @play=${this.#play}
        ></viva-task-manuscript>`;
      case 'log':
        return html`<viva-task-log .lines=${log} .words=${this.words}></viva-task-log>`;
      case 'about':
        return aboutPane(words, task);
    }
  }

  readonly #play = ({ detail }: CustomEvent<number>): void => {
    const player = this.renderRoot.querySelector<Player>('viva-player');
    if (player === null) return;
    player.currentTime = detail / 1000;
    player.scrollIntoView({ block: 'nearest' });
    player.play().catch((cause: unknown) => {
      // Refused without a press, or overtaken by the next one: the player shows that it stands.
      if (!(cause instanceof DOMException)) reportError(cause);
    });
  };
}
