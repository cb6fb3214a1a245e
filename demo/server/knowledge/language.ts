import winkNLP, { type ItsFunction, type WinkMethods } from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

/** The one instance of wink-nlp: sentence boundaries, tokens, parts of speech, lemmas, stems (English). Loads in about 0.1 s. */

let loaded: WinkMethods | null = null;

function language(): WinkMethods {
  loaded ??= winkNLP(model, ['sbd', 'pos']);
  return loaded;
}

/** The sentences of running text, trimmed, none empty. */
export function splitSentences(text: string): string[] {
  return language()
    .readDoc(text.replace(/\s+/g, ' ').trim())
    .sentences()
    .out()
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

export interface Token {
  /** Lower case. */
  readonly text: string;
  readonly lemma: string;
  readonly stem: string;
  /** Universal part of speech: NOUN, VERB, … */
  readonly pos: string;
}

/** The words, numbers and symbols of a text without its punctuation. */
export function readTokens(text: string): Token[] {
  const { its, readDoc } = language();
  const tokens = readDoc(text).tokens();
  // The package's types give `lemma` and `stem` the signature of an older version.
  const texts = tokens.out(its.normal);
  const lemmas = tokens.out(its.lemma as unknown as ItsFunction<string>);
  const stems = tokens.out(its.stem as unknown as ItsFunction<string>);
  const parts = tokens.out(its.pos);
  return texts
    .map((normal, index) => ({
      text: normal,
      lemma: lemmas[index] ?? normal,
      stem: stems[index] ?? normal,
      pos: parts[index] ?? 'X',
    }))
    .filter((token) => token.pos !== 'PUNCT' && token.pos !== 'SPACE' && /[\p{L}\p{N}]/u.test(token.text));
}
