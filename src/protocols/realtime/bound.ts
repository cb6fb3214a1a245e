/** Forgets the oldest entries beyond `most`: what a server names must not fill our memory. */
export function bound<C extends Map<string, unknown> | Set<string>>(collection: C, most = 64): C {
  for (const oldest of collection.keys()) {
    if (collection.size <= most) break;
    collection.delete(oldest);
  }
  return collection;
}
