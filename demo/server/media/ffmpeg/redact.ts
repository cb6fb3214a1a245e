/** URLs as they may be logged and told: without user, password, and query, where cameras and services put their keys. */

/** `secrets`: further strings that are replaced wherever they stand. */
export function withoutCredentials(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length > 2) clean = clean.replaceAll(secret, '…');
  return clean.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s'"<>]+/gi, (url) => safeUrl(url));
}

/** Scheme, host, port and path. */
export function safeUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?/i, '$1').replace(/[?#].*$/s, '');
}

/** What of a URL must not be told: user, password and each value of its query, as written and decoded. */
export function secretsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, searchParams, search } = new URL(url);
  const parts = [username, password, search.slice(1), ...searchParams.values()].filter((part) => part.length > 2);
  return [...new Set(parts.flatMap((part) => [part, decoded(part)]))].sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % stands for itself.
    return text;
  }
}
