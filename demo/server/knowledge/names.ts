import nlp from 'compromise';

/** Places and people that a question names (compromise), lower case: what the documents never mention they cannot answer. */
export function namesIn(text: string): string[] {
  const doc = nlp(text);
  const found = [...(doc.places().out('array') as string[]), ...(doc.people().out('array') as string[])];
  return found
    .map((name) =>
      name
        .toLowerCase()
        .replace(/[^\p{L}\p{N} ]/gu, '')
        .trim(),
    )
    .filter((name) => name.length > 2);
}
