/** The two desks as tabs: which one is seen stands in the address as `desk=…`, beside what the desk itself keeps there. */

const KEY = 'desk';
const tabs = [...document.querySelectorAll<HTMLElement>('.desks [role="tab"]')];
const nameOf = (tab: HTMLElement): string => tab.getAttribute('aria-controls') ?? '';

function show(name: string): void {
  const shown = tabs.find((tab) => nameOf(tab) === name) ?? tabs[0];
  for (const tab of tabs) {
    tab.setAttribute('aria-selected', tab === shown ? 'true' : 'false');
    tab.tabIndex = tab === shown ? 0 : -1;
    document.getElementById(nameOf(tab))?.toggleAttribute('hidden', tab !== shown);
  }
}

function choose(tab: HTMLElement): void {
  const said = location.hash.slice(1);
  const all = new URLSearchParams(said.includes('=') ? said : '');
  all.set(KEY, nameOf(tab));
  history.pushState(null, '', `#${all.toString()}`);
  show(nameOf(tab));
  tab.focus();
}

/** An address such as `#main` names a place on the page, not a desk: what is seen stays. */
function follow(): void {
  const said = location.hash.slice(1);
  if (said !== '' && !said.includes('=')) return;
  const all = new URLSearchParams(said);
  // A link to a task alone leads to the tasks.
  show(all.get(KEY) ?? (all.has('task') ? 'tasks' : ''));
}

for (const [at, tab] of tabs.entries()) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', (event) => {
    const forward = getComputedStyle(tab).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const to = { [forward]: at + 1, [back]: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  });
}

addEventListener('popstate', follow);
addEventListener('hashchange', follow);
follow();

export {};
