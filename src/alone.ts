/** Registers the elements that stand alone, each when the page has one. */

/** A desk asks for what connects it as soon as it is there: that is one round trip later than it could be on its way. */
const both = (element: Promise<unknown>, edges: Promise<unknown>): Promise<unknown> => Promise.all([element, edges]);

const elements: Readonly<Record<string, () => Promise<unknown>>> = {
  'viva-captions': () => import('./elements/captions/define.ts'),
  'viva-interpreter': () => import('./elements/interpreter/define.ts'),
  'viva-player': () => both(import('./elements/player/define.ts'), import('./elements/viva-voce/player-edges.ts')),
  'viva-alerts': () => import('./elements/alerts/define.ts'),
  'viva-streams': () => both(import('./elements/streams/define.ts'), import('./elements/viva-voce/stream-edges.ts')),
  'viva-recorder': () => import('./elements/recorder/define.ts'),
  'viva-tasks': () => both(import('./elements/tasks/define.ts'), import('./elements/viva-voce/task-edges.ts')),
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
