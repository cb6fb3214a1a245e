import type { Tool } from '../../session/options.ts';
import { AssistantError } from '../../shared/errors.ts';
import type { VivaBeforeStartEvent } from '../events.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { tellsItself } from './tells-itself.ts';
import { VivaToolCallEvent } from './tool-call-event.ts';

/** What `<viva-voce>` loads when it has `tools`: the page is told of each call before it runs, may answer it, or not let it run. */
export function attach(host: Launcher): Extra {
  // The same function for the same tool, every time: another one would be another conversation.
  const asking = new WeakMap<Tool, Tool>();
  const asked = (name: string, tool: Tool): Tool => {
    const known = asking.get(tool) ?? { ...tool, run: (...call) => run(name, tool, ...call) };
    asking.set(tool, known);
    return known;
  };
  const run = (name: string, tool: Tool, ...call: Parameters<Tool['run']>): unknown => {
    const [input, signal] = call;
    const event = new VivaToolCallEvent(name, input, signal);
    host.dispatchEvent(event);
    if (event.answer !== null) return event.answer.value;
    if (event.defaultPrevented) throw new AssistantError('tool-failed', `the page does not let ${name} run`);
    return tool.run(...call);
  };
  host.addEventListener('viva-before-start', (event: VivaBeforeStartEvent) => {
    const own = new Set(Object.values(host.tools ?? {}));
    const tools = Object.entries(event.options.tools ?? {}).map(
      ([name, tool]) => [name, own.has(tool) && !tellsItself.has(tool) ? asked(name, tool) : tool] as const,
    );
    event.options = { ...event.options, tools: Object.fromEntries(tools) };
  });
  return {};
}
