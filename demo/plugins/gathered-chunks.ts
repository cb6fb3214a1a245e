import { closure, type Modules } from './shared-chunk.ts';

/** What several parts of the tag use comes in few chunks: a bundler's own split makes one for each set of users, and each is a request. */

/** Absolute paths of modules. */
export interface Parts {
  /** Here before anything is gathered. */
  readonly there: readonly string[];
  /** Fetched when nothing else of the page is wanted, or where there is no page: what these use is left where it is. */
  readonly apart: readonly string[];
  /** Fetched one with the other when the panel opens. */
  readonly panel: readonly string[];
  /** Fetched when something is said. */
  readonly words: readonly string[];
  /** What an open panel may fetch: it finds there what the panel has. */
  readonly later: readonly string[];
  /** Fetches the elements that stand alone. */
  readonly alone: string;
}

/** What is larger comes only to those who use it; characters of its source. */
const SMALL = 4000;

/**
 * For `codeSplitting`: the chunk of a module. What only the panel uses is `panel`, what only words do is `words`; what either shares with
 * features of the tag is `tag`, and with elements that stand alone `ui`. null = the bundler decides.
 */
export function gathered(parts: Parts): (id: string, modules: Modules) => string | null {
  let users: ReadonlyMap<string, ReadonlySet<string>> | null = null;
  let alone: ReadonlySet<string> = new Set();
  const own = new Set([...parts.panel, ...parts.words, ...parts.later]);
  return (id, modules) => {
    if (users === null) {
      users = usersOf(parts, modules);
      alone = fetchedBy([parts.alone], modules);
    }
    const of = users.get(id) ?? new Set();
    const panel = parts.panel.some((part) => of.has(part));
    const words = parts.words.some((part) => of.has(part));
    const others = [...of].filter((user) => !own.has(user));
    if (!panel && !words) return null;
    if (others.length === 0) return !words ? 'panel' : panel ? 'tag' : 'words';
    // A small module goes with the large ones that it needs: gathered without them, they would need it and it them.
    for (const each of closure([id], modules)) {
      if (users.has(each) && (modules.getModuleInfo(each)?.code?.length ?? 0) > SMALL) return null;
    }
    const standing = others.filter((user) => alone.has(user));
    if (standing.length === 0) return 'tag';
    // Words have captions in them, which stand alone as well: those are a chunk by themselves.
    return panel || others.length > 1 ? 'ui' : null;
  };
}

/** Module → the parts that need it at once; modules that are there or apart are left out. */
function usersOf({ there, apart }: Parts, modules: Modules): ReadonlyMap<string, ReadonlySet<string>> {
  const left = closure([...there, ...apart], modules);
  const users = new Map<string, Set<string>>();
  for (const part of fetchedBy(there, modules)) {
    for (const id of closure([part], modules)) {
      if (!left.has(id)) users.set(id, (users.get(id) ?? new Set()).add(part));
    }
  }
  return users;
}

/** What is fetched by `import()`, at any depth. */
function fetchedBy(from: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set(from);
  for (const id of seen) {
    const { importedIds = [], dynamicallyImportedIds = [] } = modules.getModuleInfo(id) ?? {};
    for (const fetched of dynamicallyImportedIds) found.add(fetched);
    for (const each of [...importedIds, ...dynamicallyImportedIds]) seen.add(each);
  }
  return found;
}
