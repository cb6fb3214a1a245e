import '../../src/define.ts';
import '../../src/elements/viva-voce/parts.ts';
import type { VivaVoce } from '../../src/elements/viva-voce/viva-voce.ts';
import { FakeAssistant } from './fake-assistant.ts';
import { shownStates, type ShownState } from './look-states.ts';

/** A page on which a script puts an assistant in any look and state, for somebody to look at. */

let assistant = new FakeAssistant();

const api = {
  /** Puts the page into a direction and a scheme, and one tag with these attributes onto it. */
  async show(
    attributes: Readonly<Record<string, string>>,
    state: ShownState,
    page: { readonly dir: 'ltr' | 'rtl'; readonly lang: string; readonly scheme: 'light' | 'dark' },
  ): Promise<void> {
    const root = document.documentElement;
    root.dir = page.dir;
    root.lang = page.lang;
    root.dataset['scheme'] = page.scheme;
    const tag: VivaVoce = document.createElement('viva-voce');
    for (const [name, value] of Object.entries({ 'color-scheme': page.scheme, ...attributes })) tag.setAttribute(name, value);
    assistant = new FakeAssistant();
    tag.assistant = assistant;
    const paper = document.createElement('p');
    paper.textContent = page.dir === 'rtl' ? 'صفحة من متجر تحيط بالمساعد.' : 'A page of a shop, around the assistant.';
    document.querySelector('#stage')?.replaceChildren(paper, tag);
    await tag.updateComplete;
    const { levels, ...shown } = shownStates(page.dir === 'rtl')[state];
    assistant.show(shown);
    if (levels !== undefined) assistant.levels.next(levels);
  },
  /** Goes on sounding, so that what follows the sound is seen moving. */
  sound(input: number, output: number): void {
    assistant.levels.next({ input, output });
  },
};

declare global {
  var lookStage: typeof api | undefined;
}

globalThis.lookStage = api;
