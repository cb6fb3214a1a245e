import type { VivaBeforeStartEvent } from '../elements/events.ts';
import type { Tool } from '../session/options.ts';

/** The page's functions that a conversation may call, as `<elevenlabs-convai>` asks for them before each call. */

interface Call {
  readonly config: { readonly clientTools: Readonly<Record<string, Tool['run']>> };
}

/** The page puts its functions into `detail.config.clientTools`; here they become tools that say no more than their names. */
export function askForTools(event: VivaBeforeStartEvent): void {
  const widget = event.currentTarget as HTMLElement;
  const detail: Call = { config: { clientTools: {} } };
  widget.dispatchEvent(new CustomEvent(`${widget.localName}:call`, { bubbles: true, detail }));
  for (const [name, run] of Object.entries(detail.config.clientTools)) {
    const tool = { description: name, parameters: { type: 'object' }, run };
    event.options = { ...event.options, tools: { ...event.options.tools, [name]: tool } };
  }
}
