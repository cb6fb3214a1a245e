import { html } from 'lit';

/** A row of tabs as assistive technology knows them: arrows move between them, Tab goes into the pane. */

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: string;
}

export function tabRow<Name extends string>(
  label: string,
  tabs: readonly Tab<Name>[],
  chosen: Name,
  choose: (name: Name) => void,
) {
  const move = (event: KeyboardEvent): void => {
    const row = event.currentTarget as HTMLElement;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.findIndex(({ name }) => name === chosen);
    const rtl = getComputedStyle(row).direction === 'rtl' ? -1 : 1;
    const to = step === undefined ? { Home: 0, End: tabs.length - 1 }[event.key] : (at + step * rtl + tabs.length) % tabs.length;
    const tab = to === undefined ? undefined : tabs[to];
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab.name);
    row.querySelector<HTMLElement>(`#tab-${tab.name}`)?.focus();
  };
  return html`<div part="tabs" class="tabs" role="tablist" aria-label=${label} @keydown=${move}>
    ${tabs.map(
      ({ name, label: words }) =>
        html`<button
          id="tab-${name}"
          role="tab"
          aria-selected=${name === chosen ? 'true' : 'false'}
          aria-controls="pane"
          tabindex=${name === chosen ? '0' : '-1'}
          @click=${() => choose(name)}
        >
          ${words}
        </button>`,
    )}
  </div>`;
}
