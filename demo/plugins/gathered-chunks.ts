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
  /** Runs in a worker as well: what it shares with desks has no page in it. */
  readonly pure: string;
  /** Elements that are whole desks, each with what connects it and what it fetches later. */
  readonly desks: readonly (readonly string[])[];
  /** What follows a stream, and what works on streams: nearly all of the one is in the other. */
  readonly streaming: readonly [string, string];
}

/** What is larger comes only to those who use it; characters of its source. */
const SMALL = 4000;

type Users = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * For `codeSplitting`: the chunk of a module. What only the panel uses is `panel`, what only words do is `words`; what either shares with
 * features of the tag is `tag`, and with elements that stand alone `ui`. What is small and several parts of desks use is `desk`, what of a
 * desk also runs in a worker `pure`, what only streams use `streaming`. null = the bundler decides.
 */
export function gathered(parts: Parts): (id: string, modules: Modules) => string | null {
  let users: Users | null = null;
  let pure: ReadonlySet<string> = new Set();
  let alone: ReadonlySet<string> = new Set();
  const own = new Set([...parts.panel, ...parts.words, ...parts.later]);
  return (id, modules) => {
    if (users === null) {
      users = usersOf(parts, modules);
      alone = fetchedBy([parts.alone], modules);
      pure = sharedByPure(parts, modules);
    }
    if (pure.has(id)) return 'pure';
    const of = users.get(id) ?? new Set();
    const panel = parts.panel.some((part) => of.has(part));
    const words = parts.words.some((part) => of.has(part));
    const others = [...of].filter((user) => !own.has(user));
    if (!panel && !words) return ofDesks(parts, id, users, modules);
    if (others.length === 0) return !words ? 'panel' : panel ? 'tag' : 'words';
    // A small module goes with the large ones that it needs: gathered without them, they would need it and it them.
    if (needsLarge(id, users, modules)) return null;
    const standing = others.filter((user) => alone.has(user));
    if (standing.length === 0) return 'tag';
    // Words have captions in them, which stand alone as well: those are a chunk by themselves.
    return panel || others.length > 1 ? 'ui' : null;
  };
}

function ofDesks({ desks, streaming }: Parts, id: string, users: Users, modules: Modules): 'desk' | 'streaming' | null {
  const of = [...(users.get(id) ?? [])];
  if (of.length > 0 && of.every((user) => streaming.includes(user))) return 'streaming';
  const among = desks.flat().filter((part) => of.includes(part));
  // An operator of a package is next to nothing, and would be a request.
  const shared = id.includes('/node_modules/') && among.length > 0 && of.some((user) => !desks.flat().includes(user));
  return (among.length > 1 || shared) && !needsLarge(id, users, modules) ? 'desk' : null;
}

const needsLarge = (id: string, users: Users, modules: Modules): boolean =>
  [...closure([id], modules)].some((each) => users.has(each) && (modules.getModuleInfo(each)?.code?.length ?? 0) > SMALL);

/** What `pure` has in common with a desk, and is not there before. */
function sharedByPure({ there, pure, desks }: Parts, modules: Modules): ReadonlySet<string> {
  const left = closure(there, modules);
  const theirs = closure(desks.flat(), modules);
  return new Set([...closure([pure], modules)].filter((id) => theirs.has(id) && !left.has(id)));
}

/** Module → the parts that need it at once; modules that are there or apart are left out. */
function usersOf({ there, apart }: Parts, modules: Modules): Users {
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
