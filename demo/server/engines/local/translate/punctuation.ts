/** Punctuation as the target language has it: Apertium carries over the source's. */

/** `to`: BCP 47 primary subtag. */
export function punctuatedFor(text: string, to: string): string {
  const close =
    to === 'fr' ? text : text.replace(/[\s\u00a0\u202f]+([?!;:])/g, '$1').replace(/«\s*|\s*»/g, (sign) => sign.trim());
  return to === 'es' ? opened(close) : close.replace(/[¿¡]\s*/g, '');
}

/** Spanish opens what it asks or exclaims. */
function opened(text: string): string {
  return text
    .split(/(?<=[.!?…]["'»”)]*)\s+/)
    .map((sentence) => {
      const end = /[?!]["'»”)]*$/.exec(sentence)?.[0]?.[0];
      if (end === undefined) return sentence;
      const open = end === '?' ? '¿' : '¡';
      return sentence.includes(open) ? sentence : sentence.replace(/^(["'«“(]*)/, `$1${open}`);
    })
    .join(' ');
}
