/** What several entries load anyway comes in one chunk: each further one is a request, and is compressed by itself. */

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly importers: readonly string[] } | null;
}

/** For `codeSplitting`: what of `entry` (an absolute path) and of all that it imports at once is imported by others too, as one group. */
export function sharedOf(name: string, entry: string): (id: string, modules: Modules) => string | null {
  let shared: ReadonlySet<string> | null = null;
  return (id, modules) => {
    shared ??= find(entry, modules);
    return shared.has(id) ? name : null;
  };
}

/** For `codeSplitting`: `entry` and all that it imports at once, less what `before` (loaded first) has of it; nothing of it in small pieces. */
export function wholeOf(name: string, entry: string, before: string): (id: string, modules: Modules) => string | null {
  let whole: ReadonlySet<string> | null = null;
  return (id, modules) => {
    if (whole === null) {
      const there = closure([before], modules);
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

function closure(entries: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set(entries);
  // A set takes what is added while it is walked.
  for (const id of found) for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
