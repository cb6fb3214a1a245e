/** What several entries load anyway comes in one chunk: each further one is a request, and is compressed by itself. */

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** For `codeSplitting`: the modules that each of `entries` (absolute paths) imports at once, as a group of that name. */
export function sharedBy(name: string, entries: readonly string[]): (id: string, modules: Modules) => string | null {
  let shared: ReadonlySet<string> | null = null;
  return (id, modules) => {
    shared ??= entries
      .map((entry) => closure(entry, modules))
      .reduce((all, each) => new Set([...all].filter((known) => each.has(known))));
    return shared.has(id) ? name : null;
  };
}

function closure(entry: string, modules: Modules): Set<string> {
  const found = new Set([entry]);
  // A set takes what is added while it is walked.
  for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
