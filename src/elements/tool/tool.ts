import { LitElement, type PropertyDeclarations } from 'lit';
import type { Tool } from '../../session/options.ts';
import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';
import type { TagProperties } from '../viva-voce/tag-properties.ts';
import { tellsItself } from './tells-itself.ts';
import { VivaToolCallEvent } from './tool-call-event.ts';

/**
 * A tool of the page, told in HTML: put it inside `<viva-voce>`, with the JSON Schema of its arguments in a
 * `<script type="application/json">`, and answer `viva-tool-call`.
 *
 * @attr name - By which the assistant calls it: letters, digits, `_` and `-`, at most 64
 * @attr description - What it does and when it is of use, for the assistant
 * @attr timeout-ms - How long an answer is waited for (20000)
 * @fires {VivaToolCallEvent} viva-tool-call - The assistant calls it; cancellable
 * @fires {VivaErrorEvent} viva-error - The tool is not told right
 */
export class VivaTool extends LitElement {
  static override properties: PropertyDeclarations = {
    name: {},
    description: {},
    timeoutMs: { attribute: 'timeout-ms', type: Number },
  };

  declare name: string | null;
  declare description: string | null;
  declare timeoutMs: number | null;

  #owner: TagProperties | null = null;
  #given = '';

  constructor() {
    super();
    this.name = null;
    this.description = null;
    this.timeoutMs = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#takeBack();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    // It shows nothing; what stands inside is its schema.
    return this;
  }

  protected override updated(): void {
    this.#takeBack();
    const owner = this.closest<HTMLElement & TagProperties>('viva-voce');
    if (owner === null || !this.isConnected) return;
    const fault = this.#fault();
    if (fault !== null) {
      this.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
      return;
    }
    const parameters = this.#schema();
    if (parameters === null) return;
    const name = this.name ?? '';
    const tool: Tool = {
      description: this.description ?? '',
      parameters,
      ...(this.timeoutMs === null ? {} : { timeoutMs: this.timeoutMs }),
      run: (input, signal) => this.#call(name, input, signal),
    };
    tellsItself.add(tool);
    owner.tools = { ...owner.tools, [name]: tool };
    this.#owner = owner;
    this.#given = name;
  }

  #call(name: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal): unknown {
    const event = new VivaToolCallEvent(name, input, signal);
    this.dispatchEvent(event);
    if (event.answer !== null) return event.answer.value;
    const why = event.defaultPrevented ? `the page does not let ${name} run` : `nothing on the page answers ${name}`;
    throw new AssistantError('tool-failed', why);
  }

  #fault(): AssistantError | null {
    const wrong = (field: string, message: string) =>
      new AssistantError('bad-option', `viva-tool ${field}: ${message}`, { field });
    if (!/^[\w-]{1,64}$/.test(this.name ?? '')) return wrong('name', 'letters, digits, _ and -, at most 64');
    if ((this.description ?? '') === '') return wrong('description', 'is missing: the assistant goes by it');
    if (this.timeoutMs !== null && !(this.timeoutMs > 0)) return wrong('timeout-ms', 'must be more than 0');
    return null;
  }

  /** The schema inside; an empty tool takes no arguments. Null, and told, when it cannot be one. */
  #schema(): Readonly<Record<string, unknown>> | null {
    const text = this.querySelector('script[type="application/json"]')?.textContent ?? '{"type":"object","properties":{}}';
    try {
      const schema: unknown = JSON.parse(text);
      if (typeof schema === 'object' && schema !== null && (schema as { readonly type?: unknown }).type === 'object')
        return { ...schema };
      throw new SyntaxError('must be a JSON Schema of type object');
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      this.dispatchEvent(
        new VivaErrorEvent(
          new AssistantError('bad-option', `viva-tool ${this.name ?? ''}: ${message}`, { cause, field: 'script' }).toFacts(),
        ),
      );
      return null;
    }
  }

  #takeBack(): void {
    const owner = this.#owner;
    if (owner?.tools == null) return;
    const { [this.#given]: _mine, ...others } = owner.tools;
    owner.tools = others;
    this.#owner = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'viva-tool': VivaTool;
  }
}
