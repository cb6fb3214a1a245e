/** Words that are wanted as they stand: "Say exactly this and nothing else: “…”". */

const WISH =
  /^(?:(?:please|just|only|now)[,\s]+)*(?:say|speak|repeat|read)((?:,?\s+(?:(?:and )?(?:out )?loud|aloud|exactly|only|just|verbatim|word for word|this|these|the|following|sentences?|words?|text|message|once|to the (?:user|visitor|listener|caller)|and (?:say )?nothing else|without any change|in the language (?:it is|they are) (?:written )?in|as (?:it is|they are)(?: written)?))*),?\s*(:?)\s*(\S[\s\S]*)$/i;
const STRICT = /\b(?:exactly|verbatim|word for word|nothing else)\b/i;

const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['‘', '’'],
  ["'", "'"],
]);

/** Null = nothing of the kind is asked. */
export function readVerbatim(instruction: string): string | null {
  const [, lead = '', colon = '', rest = ''] = WISH.exec(instruction.trim()) ?? [];
  if (rest === '') return null;
  const quoted = unquoted(rest.trim());
  if (quoted !== null) return quoted;
  const strict = STRICT.test(lead);
  // Without quotation marks and colon, only "exactly" tells where the wish ends and the words begin.
  if (!strict || /^["“„«「『‘']/.test(rest)) return null;
  return colon !== '' || /\bexactly$/i.test(lead) ? rest.trim() : null;
}

/** What stands between the marks, if one pair of them holds the whole text. */
function unquoted(text: string): string | null {
  const open = text.charAt(0);
  const close = QUOTES.get(open);
  if (close === undefined) return null;
  const end = /[.!?。]?$/.exec(text)?.index ?? text.length;
  let depth = 0;
  for (let at = 0; at < end; at++) {
    const mark = text.charAt(at);
    if (mark !== open && mark !== close) continue;
    // A mark that opens and closes alike opens after a space; an apostrophe inside a word does neither.
    const opens = open === close ? at === 0 || /[\s(]/.test(text.charAt(at - 1)) : mark === open;
    if (open === "'" && !opens && /\p{L}/u.test(text.charAt(at + 1))) continue;
    depth += opens ? 1 : -1;
    if (depth === 0) return at === end - 1 && at > 1 ? text.slice(1, at).trim() : null;
  }
  return null;
}
