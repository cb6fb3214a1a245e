/** What an utterance does in the conversation when it asks nothing of the documents: greets, repeats, agrees, … */

export type Intent =
  | 'greet'
  | 'thanks'
  | 'bye'
  | 'how-are-you'
  | 'who-are-you'
  | 'are-you-human'
  | 'what-can-you-do'
  | 'repeat'
  | 'slower'
  | 'louder'
  | 'what-did-i-say'
  | 'where-stopped'
  | 'continue'
  | 'more'
  | 'other'
  | 'source'
  | 'stop'
  | 'yes'
  | 'no'
  | 'praise'
  | 'blame'
  | 'other-language'
  | 'my-name'
  | 'tell-name'
  | 'joke'
  | 'person'
  | 'sorry';

export interface ReadIntent {
  /** Null = it asks something. */
  readonly intent: Intent | null;
  /** What is left without greeting, filler and politeness; empty when there was nothing else. */
  readonly rest: string;
  /** The utterance began with a greeting or thanks. */
  readonly opening: 'greet' | 'thanks' | 'sorry' | null;
  /** What the intent names: a language, a name. */
  readonly detail: string | null;
}

const GREETING =
  /^(?:hi|hello|hey|heya|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|welcome)(?: there| everyone| again| assistant)?$/;
const LEAD =
  /^(?:(?:um+|uh+|er+|hm+|so|ok|okay|well|right|alright|now|oh|ah|and then|listen|look|please|excuse me|pardon me|i was wondering|i wonder)[,.!]? +)+/i;
const OPENINGS: readonly (readonly ['greet' | 'thanks' | 'sorry', RegExp])[] = [
  [
    'greet',
    /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))(?: there)?(?:,? (?!(?:is|are|do|does|can|could|what|when|where|who|how|why|i|you|we|the|my|there|it)\b)\p{L}+)?[,.!]+ +|^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))(?: there)? +(?=(?:is|are|do|does|can|could|what|when|where|who|how|why|i|you|we|my|tell|please)\b)/iu,
  ],
  [
    'thanks',
    /^(?:thanks|thank you|cheers|great|perfect|good|nice|cool|wonderful|awesome|lovely|got it|i see|alright then)(?: (?:a lot|so much|very much|thanks|thank you|then))*[,.!]* +(?=\p{L}+ \p{L}+)/iu,
  ],
  ['sorry', /^(?:sorry|excuse me|pardon)[,.!]* +(?=\p{L}+ \p{L}+)/iu],
];

const NAMES = String.raw`english|spanish|french|german|italian|portuguese|dutch|chinese|mandarin|japanese|korean|russian|polish|arabic|hindi|turkish|catalan|swedish|greek`;

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  ['greet', GREETING],
  [
    'how-are-you',
    /^(?:and )?(?:how are (?:you|things)(?: doing)?(?: today)?|how(?:'s| is) it going|how do you do|how have you been|what'?s up|are you (?:ok|okay|well))(?: today| then)?$/,
  ],
  [
    'are-you-human',
    /^(?:are you|am i (?:talking|speaking) to) (?:a |an )?(?:real |actual )?(?:human|person|robot|bot|ai|machine|computer|real|alive|artificial intelligence|somebody real|someone real|recording)(?: being| person)?(?: or .*)?$/,
  ],
  [
    'who-are-you',
    /^(?:and )?(?:who (?:are|is) (?:you|this)|what(?:'s| is) your name|what are you(?: called)?|tell me about yourself|introduce yourself|do you have a name|who am i (?:talking|speaking) (?:to|with)|what should i call you)$/,
  ],
  [
    'what-can-you-do',
    /^(?:help|help me|i need (?:some )?help|can you help(?: me)?|what can (?:you|i) (?:do|ask|help|tell|say|answer)(?: (?:you|me|for me|with|here|me with|me about|about|us))*|what (?:do|are) you (?:know|do|able to do)(?: about)?|how (?:can|do|could) you help(?: me)?|what (?:topics|subjects|things|questions|kind of questions) (?:do|can) (?:you|i) .*|how does this work|what is this|how do i use (?:this|you)|what do you know about|what (?:else )?can you (?:do|tell me|help me with))$/,
  ],
  [
    'repeat',
    /^(?:(?:can|could|would|will) you )?(?:please )?(?:repeat|say)(?: (?:that|it|this|the last (?:thing|part|one|sentence)|the answer|what you (?:just )?said))*(?: (?:again|one more time|once more|for me|please))*$|^(?:what|pardon|pardon me|sorry|excuse me|come again|huh|what was that|what did you say|again|once more|one more time|say again|i (?:did not|didn't|couldn't|could not) (?:hear|catch|get|understand) (?:that|you|it|what you said)|i beg your pardon|what did you just say|what was (?:your|the) answer)$/,
  ],
  [
    'slower',
    /^(?:(?:can|could|would|will) you )?(?:please )?(?:(?:speak|talk|say (?:that|it)|repeat (?:that|it)|go|read(?: it| that)?)(?: (?:that|it|again|a (?:bit|little)))* )?(?:more slowly|slower|slow down|less fast|not so fast)(?: please| a bit)?$|^(?:you (?:are|'re) (?:too fast|speaking too fast|talking too fast)|too fast|slow down)$/,
  ],
  [
    'louder',
    /^(?:(?:can|could|would|will) you )?(?:please )?(?:speak|talk|be|turn (?:it|the volume|yourself)|say (?:that|it))? ?(?:up|louder|more loudly|quieter|more quietly|softer|down|faster|more quickly|speed up)(?: please| a bit)?$|^i (?:can't|cannot|can not) hear you(?: well)?$/,
  ],
  [
    'where-stopped',
    /^(?:where (?:did you (?:stop|get to|leave off)|were (?:you|we)|did (?:we|i) (?:stop|interrupt you|leave off))|what was the last thing (?:you said|i heard)|how far did you get|where was i|what were you (?:saying|about to say|going to say)|where did i cut you off)$/,
  ],
  [
    'what-did-i-say',
    /^(?:what did i (?:just )?(?:say|ask|tell you)(?: (?:before|first|last|earlier|you|just now|again))*|what was my (?:last |first |previous )?question|what have i (?:said|asked)(?: so far| you)?|repeat my question|do you remember what i (?:said|asked))$/,
  ],
  [
    'continue',
    /^(?:please )?(?:go on|continue|carry on|keep (?:going|talking|reading)|go ahead|proceed|and then|finish(?: (?:that|it|your sentence|what you were saying))?|you can continue|sorry go on|resume|what were you saying)(?: please)?$/,
  ],
  [
    'more',
    /^(?:(?:can|could|would|will) you )?(?:please )?(?:tell|give|say|read)?(?: me)?(?: a (?:bit|little))? ?(?:more(?: (?:about (?:that|it|this)|details?|information|on that|please))*|what else(?: (?:is there|do you (?:know|have)|does it say))?|anything else(?: about (?:that|it|this))?|is that all|details?|in more detail|elaborate|explain(?: (?:that|it|more|further))+|why is that)(?: please)?$/,
  ],
  [
    'other',
    /^(?:and )?(?:what about |how about |tell me about |read |no )?(?:the )?(?:other|second|next|another)(?: (?:one|page|option|result|thing|possibility))?(?: please)?$/,
  ],
  [
    'source',
    /^(?:where (?:did you (?:get|find|read) (?:that|this|it)|is (?:that|this|it) (?:from|written)|does it say (?:that|so)|does that come from|can i (?:read|find) (?:that|it|more)(?: about (?:it|that))?)|(?:which|what) page (?:is (?:that|it|this)(?: on| from)?|was that|says that)|what(?:'s| is) (?:your|the) source|how do you know(?: that)?|says who|(?:can you )?(?:give|show|send) me the (?:link|page|source)|are you (?:sure|certain)(?: about that)?|is that (?:true|right|correct)|really)$/,
  ],
  [
    'other-language',
    new RegExp(
      `(?:speak|talk|answer|say (?:that|it)|switch to|continue|habla\\w*|parl\\w*|sprech\\w*).*\\b(${NAMES}|espa(?:n|ñ)ol|deutsch|fran(?:c|ç)ais|italiano)\\b`,
    ),
  ],
  [
    'person',
    /^(?:(?:can|could|may) i |i (?:want|would like|need|wish) to |i'd like to |let me |please )*(?:speak|talk|connect|transfer|put)(?: me)?(?: through)? (?:to|with) (?:a |an |the |some)?(?:human(?: being)?|real person|person|someone|somebody|agent|operator|representative|manager|staff|member of staff|employee|real human)(?: please)?$|^(?:human|agent|operator|representative|real person)(?: please)?$/,
  ],
  [
    'joke',
    /^(?:can you |could you |please )?(?:tell|give|say|sing)(?: me| us)? (?:a |another |some )?(?:jokes?|song|story|something funny)(?: please)?$/,
  ],
  ['tell-name', /^(?:what(?:'s| is| was) my name|do you (?:know|remember) my name|who am i)$/],
  ['my-name', /^(?:my name(?:'s| is)|i am called|call me|i'm called) (\p{L}[\p{L}'-]*)(?: \p{L}[\p{L}'-]*)?$/u],
  [
    'stop',
    /^(?:please )?(?:stop(?: (?:it|talking|that|please|there))*|be quiet|quiet|shut up|silence|enough|that'?s enough|never ?mind|forget (?:it|about it)|cancel|cancel that|hold on|wait|hang on|one moment|not now|leave it)(?: please)?$/,
  ],
  [
    'yes',
    /^(?:yes|yeah|yep|yup|sure|ok|okay|please|please do|yes please|of course|go for it|why not|that would be (?:great|nice|good)|i would|i'd like that|definitely|absolutely|alright|all right|correct|right|exactly|do it|do that|sounds good|that's right|mhm|uh-huh|read it|tell me|yes (?:i would|do|read it|tell me|of course|sure|that one)(?: please)?|sure(?: go ahead| please| thing)|ok(?:ay)? (?:please|sure|do it))(?: thanks| thank you| please)?$/,
  ],
  [
    'no',
    /^(?:no|nope|nah|no thanks|no thank you|not really|that'?s (?:all|it|fine|ok|okay)|no (?:that'?s (?:all|it|fine|ok|okay)|it'?s (?:fine|ok|okay)|i'?m (?:fine|good|ok))|i'?m (?:fine|good|ok)(?: thanks| thank you)?|nothing(?: else)?|i don'?t think so|nothing thanks)(?: thanks| thank you)?$/,
  ],
  [
    'thanks',
    /^(?:ok(?:ay)? |great |perfect |good |wonderful |cool |nice |yes |alright )*(?:thanks|thank you|thank you very much|thanks a lot|thank you so much|many thanks|cheers|thx|ta|much appreciated|i appreciate it|that'?s (?:very |really )?(?:helpful|great|kind|good to know|perfect)|great|perfect|cool|nice|wonderful|awesome|lovely|good|excellent|super|fine|got it|i see|understood|good to know)(?: (?:then|for (?:your|the|that|all your) ?(?:help|information|answer|info)?|again|a lot|so much|very much|thanks|thank you|that(?:'s| is) (?:all|great|very helpful|helpful|perfect|it)|bye|goodbye))*$/,
  ],
  [
    'bye',
    /^(?:ok(?:ay)? |thanks |thank you |well |alright )*(?:bye|goodbye|good bye|bye bye|see you(?: later| soon| tomorrow)?|farewell|good night|have a (?:nice|good|great) (?:day|evening|one|weekend)|talk to you later|that'?s all for (?:now|today)|take care|cya|until next time)(?: then| now| bye)?$/,
  ],
  [
    'praise',
    /^(?:you(?:'re| are)|that was|good|great|nice|well) (?:so |very |really )?(?:great|good|nice|helpful|smart|clever|awesome|amazing|kind|funny|job|work|done|bot|the best|perfect|lovely|useful|impressive)$|^i (?:like|love) (?:you|it|this|that)$/,
  ],
  [
    'blame',
    /^(?:you(?:'re| are)|that(?:'s| is| was)|this is) (?:so |very |really |completely |all )?(?:stupid|dumb|useless|wrong|bad|terrible|awful|not (?:right|true|helpful|correct|what i (?:asked|meant|said|wanted))|nonsense|no help|annoying|slow|an idiot)$|^(?:wrong|bad bot|no(?:,? that(?:'s| is) (?:wrong|not (?:it|right|what i (?:asked|meant|said|wanted))))|that doesn'?t (?:help|answer my question)|that did not (?:help|answer my question)|you did(?:n'?t| not) (?:understand|answer my question|get it)|i did not ask that|i didn't ask that)$/,
  ],
  ['sorry', /^(?:i'?m |i am )?(?:so |very )?(?:sorry|my bad|apologies|i apologi[sz]e)(?: about that| for that)?$/],
];

export function readIntent(utterance: string, ownName: string | null): ReadIntent {
  const text = withoutName(utterance.replace(/[’‘]/g, "'").trim(), ownName);
  let rest = text.replace(LEAD, '');
  let opening: ReadIntent['opening'] = null;
  const whole = matchIntent(text) ?? matchIntent(rest);
  if (whole !== null) return { ...whole, rest: '', opening: null };
  for (const [kind, pattern] of OPENINGS) {
    const stripped = rest.replace(pattern, '');
    if (stripped === rest || stripped.trim() === '') continue;
    rest = stripped.replace(LEAD, '').replace(/^and +/i, '');
    opening ??= kind;
    const inner = matchIntent(rest);
    if (inner !== null) return { ...inner, rest: '', opening };
  }
  return { intent: null, rest: rest.trim(), opening, detail: null };
}

function matchIntent(text: string): { intent: Intent; detail: string | null } | null {
  const plain = normal(text);
  if (plain === '') return null;
  for (const [intent, pattern] of INTENTS) {
    const match = pattern.exec(plain);
    if (match !== null) return { intent, detail: match[1] ?? null };
  }
  return null;
}

/** Lower case, no punctuation but apostrophes and hyphens, no trailing "please". */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "Hey Fern, when …" → "hey, when …" */
function withoutName(text: string, name: string | null): string {
  if (name === null) return text;
  const escaped = name.replace(/[^\p{L}\p{N} ]/gu, '');
  return text
    .replace(
      new RegExp(`^((?:hi|hello|hey|ok|okay|thanks|thank you|bye|goodbye)?),? *${escaped}\\b[,!. ]*`, 'iu'),
      (_, lead: string) => (lead === '' ? '' : `${lead}, `),
    )
    .replace(/, $/, '');
}
