import '../../src/define.ts';
import '../../src/elements/viva-voce/parts.ts';
import { silence } from '../../src/elements/session-value.ts';
import type { VivaVoce } from '../../src/elements/viva-voce/viva-voce.ts';
import type { Levels } from '../../src/session/assistant.ts';
import { FakeAssistant } from './fake-assistant.ts';
import { shownStates, type ShownState } from './look-states.ts';

/** A page on which a script puts an assistant in any look and state, for somebody to look at. */

let assistant = new FakeAssistant();
let sound: Levels = silence;

const api = {
  /** Puts the page into a direction and a scheme, and one tag with these attributes onto it, around an element when one is named. */
  async show(
    attributes: Readonly<Record<string, string>>,
    state: ShownState,
    page: { readonly dir: 'ltr' | 'rtl'; readonly lang: string; readonly scheme: 'light' | 'dark' },
    inside: string | null = null,
  ): Promise<void> {
    const root = document.documentElement;
    root.dir = page.dir;
    root.lang = page.lang;
    root.dataset['scheme'] = page.scheme;
    const tag: VivaVoce = document.createElement('viva-voce');
    for (const [name, value] of Object.entries({ 'color-scheme': page.scheme, ...attributes })) tag.setAttribute(name, value);
    assistant = new FakeAssistant();
    tag.assistant = assistant;
    if (inside !== null) tag.append(document.createElement(inside));
    const paper = document.createElement('p');
    paper.textContent = page.dir === 'rtl' ? 'صفحة من متجر تحيط بالمساعد.' : 'A page of a shop, around the assistant.';
    document.querySelector('#stage')?.replaceChildren(paper, tag);
    await tag.updateComplete;
    api.become(state);
  },
  become(state: ShownState): void {
    const { levels, ...shown } = shownStates(document.documentElement.dir === 'rtl')[state];
    assistant.show(shown);
    sound = levels ?? silence;
  },
  /** Goes on sounding for one frame, so that what follows the sound is seen moving; every frame the same in each run. */
  sound(frame: number): void {
    const swell = 0.55 + 0.45 * Math.sin(frame / 2.3);
    assistant.levels.next({ input: sound.input * swell, output: sound.output * swell });
  },
};

declare global {
  var lookStage: typeof api | undefined;
}

globalThis.lookStage = api;
