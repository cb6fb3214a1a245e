/** What the assistant may do on a page; each is off until the attribute `page-actions` names it. */

export const actionNames = ['read', 'scroll', 'highlight', 'focus', 'fill', 'click', 'navigate'] as const;

export type ActionName = (typeof actionNames)[number];

/** The actions that a list with spaces or commas between names, and what it names that is none. */
export function allowedActions(list: string): { readonly allowed: readonly ActionName[]; readonly unknown: readonly string[] } {
  const named = [...new Set(list.split(/[\s,]+/).filter((name) => name !== ''))];
  const allowed = actionNames.filter((name) => named.includes(name));
  return { allowed, unknown: named.filter((name) => !(actionNames as readonly string[]).includes(name)) };
}
