import { KNOWN_APP } from '../visual/app-name.ts';
import { GENERIC } from './content-words.ts';

/** Proper names in a prompt, and the words that name a part of a screen. Pure. */

/** Words that begin sentences of this kind and are no names. */
const SENTENCE_WORDS =
  /^(?:user|users|the|a|an|someone|somebody|person|people|there|screen|when|if|any|more|at|no|nobody|customer|two|three|speaker|agent|caller|i|detect|alert|notify|window|page|application|app|it|error|video|monday|tuesday|wednesday|thursday|friday|camera|motion|text|scene|light|lights|nothing|in|on|is|are|this|that|exactly|less|fewer|only|does|do|what|who|new|all|every|browser|code|chat|login|employee|visitor|child|man|woman)$/i;

/** As they are written, in their order; an application that is known counts in any spelling unless it is `isSpoken`. */
export function namesIn(text: string, isSpoken: boolean): string[] {
  const known = isSpoken ? null : KNOWN_APP.exec(text);
  const names: string[] = [];
  for (const { 0: found, index } of text.matchAll(/\b\p{Lu}[\p{L}\p{N}&.+'-]*(?:\s+(?:of |& )?\p{Lu}[\p{L}\p{N}&.+'-]*)*/gu)) {
    const words = found.split(/\s+/);
    while (words.length > 0 && SENTENCE_WORDS.test(words[0] ?? '')) words.shift();
    const name = words.join(' ').replace(/[.,]$/, '');
    const begins = index === 0 && words.length === found.split(/\s+/).length;
    // The first word of a sentence is a capital anyway.
    if (name !== '' && (!begins || words.length > 1 || KNOWN_APP.test(name) || /\p{Lu}.*\p{Lu}|\d/u.test(name))) names.push(name);
  }
  if (known !== null && !names.some((name) => name.toLowerCase().includes(known[0].toLowerCase()))) names.push(known[0]);
  return names;
}

/** "the terms of use" before "checkbox" */
export function labelBefore(text: string): string {
  const words = text.trim().split(/\s+/);
  const article = words.findLastIndex((word) => /^(?:the|a|an|no)$/i.test(word));
  const label = words.slice(article + 1).filter((word) => word !== '');
  return label.length > 5 || label.every((word) => GENERIC.has(word.toLowerCase())) ? '' : label.join(' ');
}
