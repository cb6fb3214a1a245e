import { digitise } from '../../../knowledge/spoken-numbers.ts';
import type { Script, Tone } from './policy.ts';
import { readVerbatim } from './verbatim.ts';

/** How sentences of instructions are read: a pattern and what it means, one row a kind of wish. */

export interface Draft {
  name: string | null;
  role: string | null;
  tone: Tone;
  maxSentences: number | null;
  maxWords: number | null;
  unsure: string | null;
  greeting: string | null;
  closing: string | null;
  verbatim: string | null;
  addressee: string | null;
  only: string[];
  never: string[];
  scripts: Script[];
  facts: string[];
  limits: string[];
}

export interface Rule {
  readonly pattern: RegExp;
  /** False = it did not apply after all. */
  readonly apply: (draft: Draft, match: RegExpExecArray, sentence: string) => false | undefined;
  /** No later rule reads the same sentence. */
  readonly last?: boolean;
}

const LANGUAGES =
  'English|Spanish|French|German|Italian|Portuguese|Catalan|Dutch|Chinese|Mandarin|Cantonese|Japanese|Korean|Russian|Ukrainian|Polish|Arabic|Hebrew|Hindi|Bengali|Urdu|Turkish|Greek|Swedish|Norwegian|Danish|Finnish|Czech|Hungarian|Romanian|Vietnamese|Thai|Indonesian|Malay|Tamil|Swahili|Latin|Basque|Galician|Welsh|Irish';

const QUOTED = String.raw`["“'‘](.+?)["”'’](?=[\s.,!?)]|$)`;
const SAY = String.raw`(?:just |simply |please |politely )*(?:say|reply|answer|respond|tell (?:them|the \w+|him|her)|state)(?: with| by saying| that)?\s*[:,]?\s*`;
const NOT = String.raw`(?:never|do not|don't|must not|should not|shouldn't|avoid|refuse to|under no circumstances)`;

export const RULES: readonly Rule[] = [
  {
    pattern:
      /\byou(?:'re| are)(?: not)? (?:unsure|not sure|uncertain)|\bif you (?:do not|don't|cannot|can't) (?:know|answer|find|help)/i,
    last: true,
    apply: (draft, _, sentence) => {
      const said = new RegExp(`${SAY}(.+)$`, 'i').exec(sentence)?.[1];
      if (said === undefined) return; // It says so in its own words.
      draft.unsure = ended(unquote(said));
    },
  },
  {
    pattern: new RegExp(
      String.raw`^(?:if|when|whenever) (?:you are |you're )?(?:asked|somebody asks|someone asks|anyone asks|(?:the |a )?(?:user|customer|caller|visitor)s? (?:asks?|wants?|says?|mentions?)|they ask|people ask)(?: you)?(?: about| for| whether| if| to)?\s+(.+?),\s*${SAY}(.+)$`,
      'i',
    ),
    last: true,
    apply: (draft, [, when = '', say = '']) => void draft.scripts.push({ when: unquote(when), say: ended(unquote(say)) }),
  },
  {
    pattern: new RegExp(String.raw`\b(?:greet|welcome|start|begin|open)\b[^"“']*?${QUOTED}`, 'i'),
    last: true,
    apply: (draft, [, said = '']) => void (draft.greeting = ended(said)),
  },
  {
    pattern: /^(?:(?:please|just|only|now)[,\s]+)*(?:say|speak|repeat|read)\b/i,
    last: true,
    apply: (draft, _, sentence) => {
      const words = readVerbatim(sentence);
      return words === null ? false : void (draft.verbatim = words);
    },
  },
  { pattern: /^(?:always |first )?(?:greet|welcome)\b/i, last: true, apply: () => undefined },
  {
    pattern: new RegExp(String.raw`\b(?:end|finish|close|conclude)\b[^"“']*?${QUOTED}`, 'i'),
    last: true,
    apply: (draft, [, said = '']) => void (draft.closing = ended(said)),
  },
  {
    pattern:
      /\b(?:address|call|refer to)\s+(?:the\s+)?(?:users?|customers?|callers?|visitors?|them|me)\s+(?:as\s+|by\s+)?["“']?([\p{L}]+)/iu,
    last: true,
    apply: (draft, [, word = '']) =>
      /^(?:by|as|their|the|his|her|with|first|if|when)$/i.test(word) ? false : void (draft.addressee = word),
  },
  {
    pattern:
      /\b(?:[Yy]our name is|[Cc]all yourself|called|named|[Ii]ntroduce yourself as|[Yy]ou go by)\s+["“']?(\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*){0,2})/u,
    apply: (draft, [, name = '']) => void (draft.name = name),
  },
  {
    pattern: /\b[Yy]ou(?:'re| are) (\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*){0,2})(?=[,.;!]|$| and | from | of | at )/u,
    apply: (draft, [, name = '']) => (new RegExp(`^(?:${LANGUAGES}|AI|I)$`).test(name) ? false : void (draft.name = name)),
  },
  {
    pattern:
      /\byou(?:'re| are)(?: [^,.]{1,40},)? ((?:an?|the|our) [^.;]*?\b(?:assistant|agent|guide|receptionist|concierge|advisor|adviser|helper|host|hostess|clerk|bot|chatbot|expert|attendant|librarian|operator)\b[^.;,]*)/i,
    apply: (draft, [, role = '']) => void (draft.role = withoutPraise(role)),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:speak|answer|respond|reply|talk|communicate|converse|write|conversation|responses?|answers?|language)\b[^.]*?\b(?:(?:in|is|be|only|always|to)\s+)+(?:british |american |plain |simple |clear |fluent )*(${LANGUAGES})\b|\b(${LANGUAGES}) only\b|\bonly (${LANGUAGES})\b|\blanguage\s*[:=]\s*(${LANGUAGES}|[a-z]{2}(?:-[A-Z]{2})?)\b`,
      'i',
    ),
    apply: (draft, [, ...names]) => {
      const language = (names as readonly (string | undefined)[]).find((name) => name !== undefined) ?? '';
      if (!/^en(?:glish|-[a-z]{2})?$/i.test(language))
        draft.limits.push(`It cannot answer in ${capital(language)}: it only speaks English.`);
    },
  },
  {
    pattern:
      /\b(?:user|customer|caller|visitor|speaker)'?s?'? (?:own |native |preferred )?language\b|\bsame language\b|\bnon-English\b|\bmultilingual\b|\btranslat(?:e|ion|or)\b/i,
    apply: (draft) => void draft.limits.push('It cannot answer in other languages or translate: it only speaks English.'),
  },
  {
    pattern:
      /\b(?:at most|no more than|maximum(?: of)?|max|up to|in|within|only|use|using|exactly|than|to)\s+(one|two|three|four|five|a single|a couple of|[1-9])(?:(?: or |-| to )(one|two|three|four|five|[1-9]))?\s+(?:short |brief |simple |complete )*sentences?\b|\b(one|two|three|single)[- ]sentence\b/i,
    apply: (draft, [, low, high, adjective]) => {
      const word = high ?? low ?? adjective ?? 'one';
      draft.maxSentences = /single/i.test(word) ? 1 : /couple/i.test(word) ? 2 : Number(digitise(word, { ones: true }));
    },
  },
  {
    pattern:
      /\b(?:under|at most|no more than|fewer than|less than|within|maximum(?: of)?|up to|than|below)\s+(\w+(?:[- ]\w+)?) words\b/i,
    apply: (draft, [, count = '']) => {
      const words = Number(digitise(count, { ones: true }));
      if (!Number.isFinite(words) || words < 1) return false;
      draft.maxWords = words;
      return undefined;
    },
  },
  {
    pattern: new RegExp(
      String.raw`\bonly (?:talk|speak|answer|discuss|help|respond|chat|assist|reply)\w*(?: to| with)?(?: (?:questions?|queries|topics|matters|things|users|customers))*(?: (?:that|which) (?:are|is))? ?(?:about|on|regarding|related to|relating to|with|concerning|in|for)? (.+)$`,
      'i',
    ),
    last: true,
    apply: (draft, [, topics = '']) => {
      if (new RegExp(`^(?:${LANGUAGES})\\b`, 'i').test(topics)) return false;
      draft.only.push(...topicsOf(topics));
      return undefined;
    },
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:stick|limit yourself|restrict yourself|keep|confine yourself)\w* (?:strictly )?to (?:questions about |topics? (?:about|of|like) |the topics? of )?(.+)$|${NOT} (?:talk about|discuss|answer|respond to)[^.]*?(?:other than|except(?: for)?|not about|unrelated to|besides|outside of|outside|that (?:is|are) not about) (.+)$`,
      'i',
    ),
    last: true,
    apply: (draft, [, stick, other]) => {
      const topics = stick ?? other ?? '';
      if (/^(?:the point|\d|one|two|three)\b/i.test(topics)) return false;
      draft.only.push(...topicsOf(topics));
      return undefined;
    },
  },
  {
    pattern: new RegExp(
      String.raw`\b${NOT}\s+(?:ever |to )?(?:mention(?:ing)?|talk(?:ing)? about|discuss(?:ing)?|reveal(?:ing)?|speak(?:ing)? (?:about|of)|bring(?:ing)? up|disclos(?:e|ing)|answer(?:ing)? questions about|shar(?:e|ing)|nam(?:e|ing)|refer(?:ring)? to|say(?:ing)?|use the words?|comment on|give (?:out )?(?:any )?(?:information|details|advice) (?:about|on)|give(?: out)?|offer)\s+(.+)$`,
      'i',
    ),
    last: true,
    apply: (draft, [, topics = '']) => {
      if (/^(?:these|this|your|the) (?:rules|instructions|prompt)|^(?:anything|things?) (?:you|that)/i.test(topics)) return;
      draft.never.push(...topicsOf(topics));
    },
  },
  {
    pattern: /\b(?:formal|formally|professional|professionally|polite|politely|courteous|respectful|respectfully)\b/i,
    apply: (draft, _, sentence) => toned(draft, 'formal', sentence),
  },
  {
    pattern:
      /\b(?:friendly|warm|warmly|cheerful|cheerfully|welcoming|upbeat|casual|casually|kind|informal)\b|友好|亲切|フレンドリー|amable|freundlich|amical/i,
    apply: (draft, _, sentence) => toned(draft, 'friendly', sentence),
  },
  {
    pattern:
      /\b(?:brief|briefly|concise|concisely|succinct|succinctly|terse|to the point|short)\b|简短|简洁|簡潔|\bbreve\b|\bkurz\b/i,
    apply: (draft, _, sentence) => toned(draft, 'brief', sentence),
  },
  {
    pattern:
      /\b(?:pirate|sarcas\w+|witty|humou?r\w*|funny|jokes?|playful\w*|rhym\w+|poems?|poetry|emojis?|shakespear\w*|accent|dialect|slang|role-?play\w*|sing|whisper\w*|shout\w*|excited\w*|dramatic\w*|in the style of|lively)\b/i,
    apply: (draft, _, sentence) =>
      isAbout(sentence) ? void draft.limits.push(`It cannot change its style like that: “${sentence}”`) : false,
  },
  {
    pattern: /\b(?:tools?|functions?)\b/i,
    apply: (draft, _, sentence) =>
      isAbout(sentence) ? void draft.limits.push(`It chooses tools by their own descriptions, not by: “${sentence}”`) : false,
  },
  {
    pattern: /\b(?:talk|speak) (?:more )?(?:quickly|slowly|fast|faster|slower|softly|loudly|louder)\b/i,
    apply: (draft, _, sentence) =>
      void draft.limits.push(
        `The speed and loudness of the voice are settings of the session, not of the instructions: “${sentence}”`,
      ),
  },
];

function toned(draft: Draft, tone: Tone, sentence: string): false | undefined {
  if (!isAbout(sentence) && !/[\u3040-\u9fff]/.test(sentence)) return false;
  draft.tone = tone;
  return undefined;
}

/** The sentence speaks of the assistant or commands it; "our short tours start at ten" does not. */
function isAbout(sentence: string): boolean {
  return /\b(?:you|your|yourself|be|keep|speak|talk|answers?|respond|responses?|reply|replies|tone|style|sound|act|always|never|stay|remain|use|tell|make)\b/i.test(
    sentence,
  );
}

/** "prices, discounts or competitors (like X)." → ["prices", "discounts", "competitors"] */
function topicsOf(text: string): string[] {
  return text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[.!;].*$/, '')
    .replace(
      /\b(?:under any circumstances|unless .*|even if .*|at all|in any case|with (?:the )?(?:users?|customers?)|to (?:the )?(?:users?|customers?)|please)\b/gi,
      '',
    )
    .split(/,| or | and |;/i)
    .map((topic) =>
      unquote(topic.trim())
        .replace(/^(?:the|any|our|about|questions? about|topics? like|to|of)\s+/i, '')
        .replace(/^(?:or|and)\s+/i, '')
        .trim(),
    )
    .filter((topic) => topic !== '');
}

function withoutPraise(role: string): string {
  return role
    .replace(
      /\b(?:helpful|friendly|polite|kind|warm|witty|professional|cheerful|concise|brief|patient|knowledgeable|formal|honest|expert|smart|courteous)\b,?\s*(?:and\s+)?/gi,
      '',
    )
    .replace(/\s+(?:named|called|who|that|which)\s.*$/i, '')
    .replace(/\s+/g, ' ')
    .replace(/^an (?=[^aeiou])/i, 'a ')
    .replace(/^a (?=[aeiou])/i, 'an ')
    .trim();
}

function unquote(text: string): string {
  return text
    .trim()
    .replace(/^["“'‘]+|["”'’]+(?=[.!?]*$)/g, '')
    .trim();
}

function ended(text: string): string {
  const trimmed = text.trim().replace(/["”]$/, '');
  return /[.!?…]$/.test(trimmed) ? capital(trimmed) : `${capital(trimmed)}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
