/** The part of `llama-tokenizer-js` that is used here; the package carries no types. */

declare module 'llama-tokenizer-js' {
  const tokenizer: { readonly vocabById: readonly string[] };
  export default tokenizer;
}
