/** What several entries load anyway comes in one chunk: each further one is a request, and is compressed by itself. */

interface Module {
  readonly code?: string | null;
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
  readonly importers: readonly string[];
}

export interface Modules {
  getModuleInfo(id: string): Module | null;
}

/**
 * For `codeSplitting`: what of `entry` (an absolute path) and of all that it imports at once is imported by others too, as one group; with
 * it what both of `pair` have, of which the one runs in a worker and the other cannot.
 */
export function sharedOf(
  name: string,
  entry: string,
  pair: readonly [string, string],
): (id: string, modules: Modules) => string | null {
  let shared: ReadonlySet<string> | null = null;
  return (id, modules) => {
    if (shared === null) {
      const [one, other] = [closure([pair[0]], modules), closure([pair[1]], modules)];
      shared = new Set([...find(entry, modules), ...[...one].filter((each) => other.has(each))]);
    }
    return shared.has(id) ? name : null;
  };
}

/**
 * For `codeSplitting`: `entry` and all that it imports at once, nothing of it in small pieces; less what `others` have of it: what is loaded
 * before, and what also runs where `entry` cannot, as in a worker.
 */
export function wholeOf(name: string, entry: string, others: readonly string[]): (id: string, modules: Modules) => string | null {
  let whole: ReadonlySet<string> | null = null;
  return (id, modules) => {
    if (whole === null) {
      const there = closure(others, modules);
      whole = new Set([...closure([entry], modules)].filter((each) => !there.has(each)));
    }
    return whole.has(id) ? name : null;
  };
}

function find(entry: string, modules: Modules): ReadonlySet<string> {
  const own = closure([entry], modules);
  const others = [...own].filter((id) => modules.getModuleInfo(id)?.importers.some((importer) => !own.has(importer)));
  return closure(
    others.filter((id) => id !== entry),
    modules,
  );
}

/** `entries` and all that they import at once. */
export function closure(entries: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set(entries);
  // A set takes what is added while it is walked.
  for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
