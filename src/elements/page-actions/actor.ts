import { BehaviorSubject } from 'rxjs';
import type { Tool } from '../../session/options.ts';
import { AssistantError } from '../../shared/errors.ts';
import { fill } from '../strings.ts';
import { actionNames, type ActionName } from './action-names.ts';
import type { actionStrings } from './action-strings.ts';
import { declarations } from './declarations.ts';
import { fillField } from './fill-field.ts';
import { pageAddress } from './page-address.ts';
import { VivaPageActionEvent } from './page-action-events.ts';
import { PageMap } from './page-map.ts';
import { nameOf, pageSnapshot } from './page-snapshot.ts';
import { tellStep } from './step-texts.ts';

/** Does on the page what the assistant asks for, as far as it is allowed, and remembers how each step is undone. */

type Words = typeof actionStrings;

/** A step that waits for the user's word. */
export interface Question {
  readonly text: string;
  answer(this: void, allowed: boolean): void;
}

/** A step that was taken. */
export interface Step {
  readonly id: number;
  readonly text: string;
  /** Null: it cannot be undone, or already was. */
  readonly undo: (() => void) | null;
}

export interface ActionState {
  readonly question: Question | null;
  /** Oldest first, at most 20. */
  readonly steps: readonly Step[];
  /** What is highlighted. */
  readonly marked: Element | null;
}

export interface ActionEdges {
  /** The words in the language that is shown now. */
  words(): Words;
  /** What the page says to a step; false = it forbids it. */
  dispatch(event: Event): boolean;
  /** Leaves for another address of this site. */
  open(url: URL): void;
}

/** The user has this long to allow a press, ms; no answer is a no. */
const ANSWER_MS = 60_000;
const MOST_STEPS = 20;

export class PageActor {
  readonly state = new BehaviorSubject<ActionState>({ question: null, steps: [], marked: null });
  /** The tools of all actions by the name they have for the model; the same objects as long as this lives. */
  readonly tools: Readonly<Record<ActionName, Tool>>;
  readonly #edges: ActionEdges;
  readonly #map = new PageMap();
  #count = 0;

  constructor(edges: ActionEdges) {
    this.#edges = edges;
    const tool = (name: ActionName): Tool => ({
      ...declarations[name],
      timeoutMs: ANSWER_MS + 10_000,
      run: (input, signal, callId) => this.#run(name, input, signal, callId ?? ''),
    });
    this.tools = Object.fromEntries(actionNames.map((name) => [name, tool(name)])) as Record<ActionName, Tool>;
  }

  undo(step: Step): void {
    step.undo?.();
    const { undo: _done, ...rest } = step;
    this.#patch({ steps: this.state.value.steps.map((each) => (each.id === step.id ? { ...rest, undo: null } : each)) });
    this.#told(fill(this.#edges.words().actionUndone, { what: step.text }), null);
  }

  /** Whatever waits for an answer is refused, and nothing stays marked. */
  stop(): void {
    this.state.value.question?.answer(false);
    this.#patch({ marked: null });
  }

  async #run(name: ActionName, input: Readonly<Record<string, unknown>>, signal: AbortSignal, callId: string): Promise<unknown> {
    const words = this.#edges.words();
    const element = name === 'read' || name === 'navigate' ? null : this.#map.find(input['element']);
    const url = name === 'navigate' ? pageAddress(input['url'], location.href) : null;
    const label = element === null ? (url?.pathname ?? '') : nameOf(element);
    const sentence = fill(words[`action-${name}`], { name: label });
    const fail = (what: string, message: string): AssistantError => {
      tellStep(callId, fill(what, { what: sentence }));
      return new AssistantError('tool-failed', message);
    };
    if (!this.#edges.dispatch(new VivaPageActionEvent(name, element, label)))
      throw fail(words.actionRefused, 'the page does not allow this');
    if (name === 'click' || name === 'navigate') {
      const text = fill(name === 'click' ? words.actionAsk : words.actionAskNavigate, { name: label });
      if (!(await this.#ask(text, signal))) throw fail(words.actionRefused, 'the user did not allow it');
    }
    try {
      const { result, undo } = this.#act(name, element, input, url);
      tellStep(callId, sentence);
      this.#told(sentence, undo);
      return result;
    } catch (cause) {
      tellStep(callId, fill(words.actionFailed, { what: sentence }));
      throw cause;
    }
  }

  #act(
    name: ActionName,
    element: Element | null,
    input: Readonly<Record<string, unknown>>,
    url: URL | null,
  ): { readonly result: unknown; readonly undo: (() => void) | null } {
    if (element === null) {
      if (url === null) return { result: pageSnapshot(document.body, this.#map), undo: null };
      this.#edges.open(url);
      return { result: 'opening it', undo: null };
    }
    switch (name) {
      case 'scroll': {
        const { scrollX, scrollY } = window;
        element.scrollIntoView({ block: 'center', behavior: calm() ? 'instant' : 'smooth' });
        return { result: 'it is in view', undo: () => window.scrollTo(scrollX, scrollY) };
      }
      case 'highlight':
        element.scrollIntoView({ block: 'nearest', behavior: calm() ? 'instant' : 'smooth' });
        this.#patch({ marked: element });
        return { result: 'it is highlighted', undo: () => this.#patch({ marked: null }) };
      case 'focus': {
        const before = document.activeElement;
        if (!(element instanceof HTMLElement || element instanceof SVGElement))
          throw new AssistantError('tool-failed', 'it cannot have the focus');
        element.focus();
        return { result: 'it has the focus', undo: () => (before instanceof HTMLElement ? before.focus() : undefined) };
      }
      case 'fill':
        return { result: 'it is filled in', undo: fillField(element, asText(input['value'])) };
      default:
        if (!(element instanceof HTMLElement)) throw new AssistantError('tool-failed', 'it cannot be pressed');
        element.click();
        return { result: 'it was pressed', undo: null };
    }
  }

  /** One question at a time: a second one is refused while the first waits. */
  #ask(text: string, signal: AbortSignal): Promise<boolean> {
    if (this.state.value.question !== null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const answer = (allowed: boolean): void => {
        clearTimeout(late);
        signal.removeEventListener('abort', refuse);
        this.#patch({ question: null });
        resolve(allowed);
      };
      const refuse = (): void => answer(false);
      const late = setTimeout(refuse, ANSWER_MS);
      signal.addEventListener('abort', refuse);
      this.#patch({ question: { text, answer } });
    });
  }

  #told(text: string, undo: (() => void) | null): void {
    this.#patch({ steps: [...this.state.value.steps, { id: ++this.#count, text, undo }].slice(-MOST_STEPS) });
  }

  #patch(part: Partial<ActionState>): void {
    this.state.next({ ...this.state.value, ...part });
  }
}

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const asText = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new AssistantError('tool-failed', 'value: must be text', { field: 'value' });
};
