/** Registers the elements that stand alone, each when the page has one. */

const elements: Readonly<Record<string, () => Promise<unknown>>> = {
  'viva-captions': () => import('./elements/captions/define.ts'),
  'viva-interpreter': () => import('./elements/interpreter/define.ts'),
  'viva-player': () => import('./elements/player/define.ts'),
  'viva-alerts': () => import('./elements/alerts/define.ts'),
  'viva-streams': () => import('./elements/streams/define.ts'),
  'viva-recorder': () => import('./elements/recorder/define.ts'),
  'viva-tasks': () => import('./elements/tasks/define.ts'),
  'viva-tool': () => import('./elements/tool/define.ts'),
};

const asked = new Set<string>();

/** Fetches those that are on the page and were not asked for before; one that could not be fetched is asked for again the next time. */
export function define(): void {
  for (const [tag, fetch] of Object.entries(elements)) {
    if (asked.has(tag) || document.querySelector(tag) === null) continue;
    asked.add(tag);
    fetch().catch((cause: unknown) => {
      asked.delete(tag);
      reportError(cause);
    });
  }
}
