/** What kind of thing a question asks for, and whether a sentence holds such a thing. */

export type QuestionKind =
  | 'time'
  /** When something opens, closes, starts or ends in a day. */
  | 'clock'
  | 'money'
  | 'duration'
  | 'frequency'
  | 'age'
  | 'number'
  | 'measure'
  | 'place'
  /** Of the house that speaks: "where are you". */
  | 'address'
  | 'person'
  | 'phone'
  | 'email'
  | 'manner'
  | 'reason'
  | 'yes-no'
  | 'open';

const NUMBER = String.raw`(?:\d[\d.,]*|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|(?:a |one )?hundred|thousand|half|several|few))`;
const SPAN = String.raw`(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|working days?|business days?)`;
const DAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays?|today|tomorrow|daily|every day|public holidays?|christmas|easter|new year`;
const MONTH = String.raw`january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter`;

/** Words that ask for a kind and are no subject of their own: a sentence that answers seldom repeats them. */
export const KIND_WORDS: ReadonlySet<string> = new Set(
  'time cost price fee charge expensive cheap number address phone telephone email e-mail day date hour often old age contact call mean information info'.split(
    ' ',
  ),
);

const ASKED: readonly (readonly [QuestionKind, RegExp])[] = [
  [
    'phone',
    /\b(phone|telephone) (number|line)\b|\b(your|the) (phone|telephone)\b(?! \w+ing)|\bby (phone|telephone)\b|\bnumber (can|do|should|to) .*\bcall\b|\bcan i (call|ring|phone)\b/,
  ],
  ['email', /\be-?mail address\b|\b(your|an|a|the) e-?mail\b|\b(contact|reach|write|ask) .*\be-?mail\b|\bmail address\b/],
  [
    'money',
    /\bhow (much|expensive)\b(?! (sun|water|time|space|weight|data|storage))|\b(cost|costs|price|prices|fee|fees|charge|charges|rate|rates)\b|\bcheap|\bexpensive/,
  ],
  [
    'duration',
    /\bhow (long|soon|fast|quick|quickly)\b(?! (is the|are the) (rope|cable|bench|boat))|\bhow many (minutes|hours|days|weeks|months|years)\b|\bduration\b|\b(good|valid) for\b/,
  ],
  ['frequency', /\bhow (often|frequently)\b|\bhow many times\b/],
  ['age', /\bhow old\b|\bwhat age\b|\bage limit\b|\b(minimum|maximum) age\b/],
  [
    'measure',
    /\bhow (tall|far|big|heavy|large|wide|deep|high|thick|loud)\b|\bwhat size\b|\bhow much (water|space|weight|sun|light|storage|data)\b/,
  ],
  ['number', /\bhow many\b|\bwhat number\b|\bnumber of\b/],
  [
    'clock',
    /\bwhat time\b|\bhow (late|early)\b|\b(opening|business|office|visiting) (hours|times)\b|\b(when|until when|till when|what hours) (do|does|are|is|will|can) (you|it|they|the|your|we|i)\b.*\b(open|close|closed|start|begin|end|finish|shut|serve|served)\b|\b(are|is|do|does|will|be) (you|it|they|the [\w ]+|your [\w ]+) (open|close|closed)\b.*\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b/,
  ],
  [
    'time',
    /\bwhat time\b|\bwhen\b|\bhow (late|early)\b|\b(until|till|since|by) when\b|\b(what|which) (day|days|date|month|season)\b|\bopening (hours|times)\b|\b(open|opens|close|closes|closed)\b.*\b(mon|tues|wednes|thurs|fri|satur|sun)day/,
  ],
  [
    'address',
    /^(and |so |but )?(where (are|is) (you|your (shop|store|museum|office|company|restaurant|house|place|business|showroom|branch|school|hotel))( located| situated)?|where (can|do) i find (you|your (shop|store|office)))\b|\b(the|your) address\b(?! (of|for) (the|my|an))|\baddress of (your|the) (shop|store|museum|office|company|restaurant)\b/,
  ],
  [
    'place',
    /\bwhere\b|\b(what|which) (street|city|town|floor|room|building|address|station)\b|\baddress\b|\bdirections\b|\blocation\b/,
  ],
  ['person', /\bwho\b|\bwhom\b|\bwhose\b/],
  ['reason', /\bwhy\b|\bhow come\b|\bwhat for\b/],
  ['manner', /\bhow (do|does|can|could|to|should|would|must|is|are)\b|\bwhat (do|should|must) i do\b|\bway to\b/],
  [
    'yes-no',
    /^(so |and |but |well |ok |okay |um |uh )*(is|are|am|was|were|do|does|did|can|could|may|might|will|would|should|shall|must|has|have|isn't|aren't|don't|doesn't|can't|won't)\b/,
  ],
];

const HOLDS: Partial<Readonly<Record<QuestionKind, RegExp>>> = {
  clock: new RegExp(
    String.raw`\d{1,2}:\d\d|\b\d{1,2} ?(?:am|pm|a\.m|p\.m|o'clock)|\b(?:noon|midnight|half past|closed|around the clock|any time|all day)\b|${NUMBER} in the (?:morning|afternoon|evening)|\b(?:at|from|until|till|to|before|after|between|and) (?:half past )?${NUMBER}(?! (?:percent|euros?|dollars?|people|persons|working|business|${SPAN})\b)`,
    'i',
  ),
  time: new RegExp(
    String.raw`\d{1,2}:\d\d|\b\d{1,2} ?(?:am|pm|a\.m|p\.m|o'clock)|\b(?:${DAY})\b|\b(?:${MONTH})\b|\bnoon\b|\bmidnight\b|\bhalf past\b|\bmornings?\b|\bafternoons?\b|\bevenings?\b|\b(?:at|from|until|till|before|after|between) ${NUMBER}\b|\b(?:before|after|within|in) ${NUMBER} ${SPAN}\b|\bfirst of\b`,
    'i',
  ),
  money: new RegExp(
    String.raw`[€$£¥]|\b(?:euros?|cents?|dollars?|pounds?|usd|eur|gbp|francs?|kroner?|percent|%)|\bfree\b|\bno (?:extra )?(?:charge|cost)|\bhalf price|\bincluded in|\bcosts?\b|\bcharges?\b`,
    'i',
  ),
  duration: new RegExp(
    String.raw`${NUMBER} (?:\w+ )?${SPAN}\b|\bnever expire|\bany time\b|\bovernight\b|\bsame day\b|\bnext (?:working )?day\b|\blifetime\b|\bimmediately\b|\binstantly\b|\bas (?:long|often) as\b`,
    'i',
  ),
  frequency: new RegExp(String.raw`\b(?:every|each|once|twice|daily|weekly|monthly|yearly|annually|${NUMBER} times)\b`, 'i'),
  age: new RegExp(
    String.raw`\b1[5-9]\d\d\b|\b20\d\d\b|\b(?:ages?|aged|under|over|at least|older|younger|eighteen|${NUMBER} years?)\b`,
    'i',
  ),
  number: new RegExp(NUMBER, 'i'),
  measure: new RegExp(
    String.raw`${NUMBER} ?(?:\w+ )?(?:m|cm|mm|km|kg|g|l|metres?|meters?|centimetres?|miles?|kilos?|grams?|litres?|liters?|inch(?:es)?|feet|square|watts?|minutes?|hours?|gb|mb)\b|\bmetre\b`,
    'i',
  ),
  address:
    /\b\d{1,4}[a-z]? (?:\p{Lu}\p{L}+ ){1,3}(?:[Ss]treet|[Rr]oad|[Ll]ane|[Ss]quare|[Aa]venue|[Qq]uay|[Ww]ay|[Pp]lace|[Cc]ourt|[Rr]ow|[Dd]rive|[Hh]ill)\b|\b\p{Lu}\p{L}+ (?:Street|Road|Lane|Square|Avenue|Quay|Way)\b|\b\p{Lu}\p{L}+(?:straat|strasse|straße|gracht|weg|gasse) \d{1,4}\b|\b[Oo]ur address\b/u,
  place:
    /\b(?:street|road|square|avenue|lane|floor|entrance|building|desk|corner|next to|opposite|beside|behind|in front of|inside|outside|downstairs|upstairs|door|yard|at the (?:till|desk|entrance|checkout|bottom|top)|under [A-Z])/,
  person:
    /\b(?:manager|director|founder|owner|team|staff|teacher|guide|gardener|driver|you (?:pay|must|need)|we (?:pay|do)|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)\b/u,
  phone: new RegExp(
    String.raw`\+?\b\d[\d\s().-]{4,}\d\b|(?:\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b[ ,-]*){4,}`,
    'i',
  ),
  email: /\S@\S|\b\w+ at \w+(?: \w+)? dot \w+/i,
  manner:
    /\b(you can|you may|please|write|send|open|choose|click|press|select|go to|use|by \w+ing|must|simply|take|bring|visit|call|follow|log in|sign in|fill|contact|book|reserve|ask|to \w+)\b/i,
  reason: /\b(because|since|due to|so that|therefore|that is why|in order to|reason)\b/i,
};

/** What a question is about that has no other subject than its kind: "where are you", "what is your phone number". */
export const KIND_SUBJECT: Partial<Readonly<Record<QuestionKind, string>>> = {
  phone: 'contact phone call',
  email: 'contact email write',
  address: 'address street location directions find visit',
  place: 'address street location directions find',
  time: 'open hours',
  clock: 'open hours',
};

export function kindOfQuestion(question: string): QuestionKind {
  const text = question.toLowerCase().replace(/[’‘]/g, "'").trim();
  return ASKED.find(([, pattern]) => pattern.test(text))?.[0] ?? 'open';
}

/** Where there is no subject but the kind itself, a section of this name is meant. */
const PLACE_OF_KIND: Partial<Readonly<Record<QuestionKind, RegExp>>> = {
  phone: /\b(?:contact|reach us|get in touch|talk to us|call us|help desk|customer service)\b/i,
  email: /\b(?:contact|reach us|get in touch|write to us|customer service)\b/i,
  address: /\b(?:contact|find us|visit|getting here|directions|location|address)\b/i,
  place: /\b(?:contact|find us|getting here|directions|location|address|visit)\b/i,
};

/** What must stand in an answer; other kinds are often answered in other words. */
const STRICT = new Set<QuestionKind>(['money', 'phone', 'email', 'address', 'clock', 'duration', 'age', 'measure']);

/** 1 = it holds what is asked for, 0 or less = it does not, 0.5 = any sentence may. `about`: title and heading over it. */
export function fitsKind(kind: QuestionKind, sentence: string, about = ''): number {
  const pattern = HOLDS[kind];
  if (pattern === undefined) return 0.5;
  const home = PLACE_OF_KIND[kind]?.test(about) === true ? 1 : 0;
  if (pattern.test(sentence)) return 1 + home;
  // A day alone may still say when: "open every day except Monday".
  if (kind === 'clock' && HOLDS.time?.test(sentence) === true) return 0.5;
  return STRICT.has(kind) ? -0.5 : 0;
}
