/** The URL of a citation where following it is harmless (`http:` or `https:`), else null: a server's word is no reason to run `javascript:`. */
export function safeLink(url: string, base: string): string | null {
  const parsed = URL.parse(url, base);
  return parsed !== null && (parsed.protocol === 'http:' || parsed.protocol === 'https:') ? parsed.href : null;
}
