import { html, nothing } from 'lit';
import type { Tool } from '../../session/options.ts';
import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent, type VivaBeforeStartEvent } from '../events.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { allowedActions } from './action-names.ts';
import { actionStrings } from './action-strings.ts';
import { PageActor } from './actor.ts';
import './define.ts';

/** Lets the assistant of a tag act on its page, as far as the attribute `page-actions` allows. */
export function attach(host: Launcher): Extra {
  const words = () => ({ ...actionStrings, ...host.words });
  const actor = new PageActor({
    words,
    dispatch: (event) => host.dispatchEvent(event),
    open: (url) => location.assign(url),
  });
  let told = '';
  host.addEventListener('viva-before-start', (event: VivaBeforeStartEvent) => {
    const { allowed, unknown } = allowedActions(host.pageActions ?? '');
    if (unknown.length > 0 && told !== unknown.join()) {
      const facts = new AssistantError('bad-option', `page-actions: there is no action “${unknown.join(', ')}”`, {
        field: 'page-actions',
      });
      host.dispatchEvent(new VivaErrorEvent(facts.toFacts()));
    }
    told = unknown.join();
    if (allowed.length === 0) return;
    // A page's own tool of the same name wins.
    const actions: Record<string, Tool> = Object.fromEntries(allowed.map((name) => [`page_${name}`, actor.tools[name]]));
    event.options = { ...event.options, tools: { ...actions, ...event.options.tools } };
  });
  host.addController({ hostDisconnected: () => actor.stop() });
  host.addEventListener('viva-state-change', ({ state }) => {
    if (state === 'ended' || state === 'error' || state === 'idle') actor.stop();
  });
  const view = (place: string, floating: boolean) =>
    html`<viva-page-actions
      slot=${place}
      exportparts="question, allow, refuse, step, undo, mark"
      ?floating=${floating}
      .actor=${actor}
      .words=${words()}
    ></viva-page-actions>`;
  const inPanel = (): boolean => host.open || ['inline', 'full', 'kiosk'].includes(host.variant);
  return {
    panel: () => (inPanel() ? view('notice', false) : nothing),
    over: () => (inPanel() ? nothing : view('', true)),
  };
}
