/** Whether an utterance is in a language that this engine does not understand. */

const FUNCTION_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  Spanish: words(
    'el la los las un una es está están qué que cómo dónde cuándo cuánto por para con mi su tu hola gracias puedo quiero tengo hay muy pero',
  ),
  French: words(
    "le la les un une des est sont que qui comment où quand combien pour avec mon ma votre bonjour merci je vous nous puis c'est il elle pas",
  ),
  German: words(
    'der die das ein eine ist sind wie wo wann was wer für mit mein ihr hallo danke ich sie wir kann nicht haben bitte und',
  ),
  Italian: words('il lo la gli le un una è sono che come dove quando quanto per con mio ciao grazie posso vorrei non di'),
  Portuguese: words('o os as um uma é são que como onde quando quanto para com meu obrigado olá posso quero não'),
  Dutch: words('de het een is zijn hoe waar wanneer wat wie voor met mijn hallo dank ik jullie wij kan niet hebben'),
};
const ENGLISH = words(
  'the a an is are do does can you i we what when where who how much many my your it of to in on for and not have please this that there with at be will',
);

/** The name of the language, `another language` for other scripts, null for English or too little to tell. */
export function foreignLanguage(utterance: string): string | null {
  const letters = utterance.match(/\p{L}/gu)?.length ?? 0;
  const latin = utterance.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters >= 2 && latin < letters / 2) return 'another language';
  const said = utterance.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  if (said.length < 3) return null;
  const english = said.filter((word) => ENGLISH.has(word)).length;
  let best: string | null = null;
  let most = Math.max(1, english);
  for (const [language, known] of Object.entries(FUNCTION_WORDS)) {
    const count = said.filter((word) => known.has(word)).length;
    if (count > most && count >= said.length * 0.3) {
      best = language;
      most = count;
    }
  }
  return best;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
