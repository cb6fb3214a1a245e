/** How an utterance is addressed to somebody who does things: asked, wished, commanded, told, denied. */

export type Form =
  /** "book a table" */
  | 'command'
  /** "can you book a table" */
  | 'request'
  /** "I would like a table" */
  | 'wish'
  /** "can I book a table": a wish or a question of permission */
  | 'may-i'
  /** "where is my order", "is it raining" */
  | 'question'
  /** "why is it so cold" */
  | 'why'
  /** "how do I book a table" */
  | 'how-to'
  /** "what happens if I cancel" */
  | 'supposed'
  /** "don't cancel" */
  | 'denied'
  /** "I booked a table yesterday", "I love music" */
  | 'statement'
  /** "a table for four" */
  | 'fragment';

export interface Head {
  readonly form: Form;
  /** Offset after politeness and address: where the verb begins. */
  readonly bodyStart: number;
}

const POLITE =
  /^(?:(?:um+|uh+|er+|hm+|so|ok|okay|well|right|now|oh|please|hey|hi|hello|yes|yeah|alright|great|thanks|thank you|and|then|also|excuse me|sorry|could you please|just|go ahead and|quickly|kindly)[,.!]? +)+/i;
const DENIED =
  /^(?:please )?(?:do not|don't|never|no need to|you don't need to|you do not have to|stop (?=\w+ing))\b|\bi (?:do not|don't|did not|didn't|no longer) (?:want|need|like|wish|intend|plan|think)\b|\bi (?:will not|won't|would not|wouldn't|cannot|can't)\b|\b(?:isn't|aren't) going to\b/i;
const SUPPOSED =
  /^(?:and |but )?(?:what (?:happens|would happen|will happen|if)\b|if (?:i|we|you)\b|suppose\b|in case\b|what are the (?:consequences|costs) (?:if|of)|would it be possible|is it possible|am i able|are we able|should i\b|do i (?:have to|need to)\b|can i still\b)/i;
const HOW_TO =
  /^(?:and |but )?(?:how (?:do|can|could|should|would|does|did|might) (?:i|we|you|one|people|someone|it|this|that|the|a|an)\b|how to\b|what(?:'s| is) the (?:best )?way to\b|what do (?:i|we) (?:do|need|have)\b|where (?:can|do|could|should) (?:i|we)\b|explain how\b|tell me how\b|can you (?:explain|tell me) how\b|show me how\b)/i;
const SAYS_IN = /^how (?:do|would|can|does) (?:you|i|we|one) say\b|^what(?:'s| is) .* in (?:\p{L}+)\??$/iu;
const REQUEST =
  /^(?:(?:can|could|would|will|won't) (?:you|somebody|someone|anybody|anyone)(?: please| kindly| just)?|would you mind|may i ask you to|i(?:'d| would) (?:like|love|want) you to|i (?:want|need) you to|are you able to|shall we)\s+(?:please )?/i;
const WISH =
  /^(?:i(?:'d| would) (?:like|love|prefer)(?: to)?|i (?:want|need|wish|have|got)(?: to)?|i(?:'m| am) (?:looking for|trying to|searching for|going to need)|we(?:'d| would) (?:like|love)(?: to)?|we (?:want|need|have)(?: to)?|let me|let's|let us|give me|get me|(?:may|can|could) (?:i|we) (?:please )?(?:have|get)|help me(?: to)?|time to|it's time to|i was hoping to|i(?:'d| would) be (?:happy|glad) to|it would be (?:great|nice) (?:if you could|to))\s+/i;
const MAY_I = /^(?:may|can|could) (?:i|we) (?:please |also |just )?(?=\p{L})/iu;
/** Saying it does it. */
const PERFORMED = /^i (?:hereby )?(?:vote|choose|pick|select|order|confirm|accept|take|book|cancel)\b(?! it\b)/i;
const QUESTION =
  /^(?:what|when|where|who|whom|whose|which|why|how|is|are|am|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must|what's|where's|who's|how's|when's|isn't|aren't|don't|doesn't)\b/i;
const PAST =
  /\b(?:i|we|he|she|they|it|you|someone|my \w+|the \w+)(?:'ve|'s| have| has| had)?(?: \w+)? (?:already )?(?:was|were|did|had|got|went|made|sent|bought|found|took|gave|came|put|set|paid|told|left|lost|broke|\w{3,}ed)\b/i;
const STATEMENT = /^(?:i|we|my|our|the|it|this|that|he|she|they|you|there|his|her)\b/i;
const VERBS = new Set(
  'add append adjust alert apply arrange ask assign begin block book borrow bring browse build buy calculate call cancel change charge check clear close compare compose compute confirm connect contact convert copy count create cut deactivate decline decrease define delete deliver describe dial dim disable display divide donate download draw drop edit email enable end enter estimate exchange extend fetch file fill find finish fix follow forward generate get give go hang help hide hold identify increase install invite join keep kill leave lend light like list listen locate lock log look lower make mark measure message modify move multiply mute name navigate need note notify open order pause pay phone pick pin place plan play plot post print publish purchase push put raise rate read rebook record redeem reduce refill refund register remind remove rename renew rent repeat replace reply report request reschedule reserve reset restart resume retrieve return review ring roll run save scan schedule search see select sell send set share ship show shuffle shut sign skip snooze solve sort split spell start stop store stream submit subscribe summarize switch take talk teach tell test text time track transfer translate turn unblock unlock unmute unsubscribe update upgrade upload use verify view visit vote wake want warm watch water write'.split(
    ' ',
  ),
);

export function readHead(text: string): Head {
  const polite = POLITE.exec(text)?.[0].length ?? 0;
  const rest = text.slice(polite);
  const at = (length: number): number => polite + length;
  if (SAYS_IN.test(rest)) return { form: 'question', bodyStart: polite };
  if (DENIED.test(rest)) return { form: 'denied', bodyStart: polite };
  if (SUPPOSED.test(rest)) return { form: 'supposed', bodyStart: polite };
  if (HOW_TO.test(rest)) return { form: 'how-to', bodyStart: polite };
  const request = REQUEST.exec(rest)?.[0];
  if (request !== undefined) return { form: 'request', bodyStart: at(request.length) };
  const wish = WISH.exec(rest)?.[0];
  if (wish !== undefined && !(/^i have /i.test(wish) && /^\w+(?:ed|en|t)\b/i.test(rest.slice(wish.length))))
    return { form: 'wish', bodyStart: at(wish.length) };
  const mayI = MAY_I.exec(rest)?.[0];
  if (mayI !== undefined) return { form: 'may-i', bodyStart: at(mayI.length) };
  if (/^(?:why|how come|since when|what for)\b/i.test(rest)) return { form: 'why', bodyStart: polite };
  if (PERFORMED.test(rest)) return { form: 'wish', bodyStart: at(2) };
  if (QUESTION.test(rest)) return { form: 'question', bodyStart: polite };
  if (isCommand(rest)) return { form: 'command', bodyStart: polite };
  if (PAST.test(rest) || STATEMENT.test(rest)) return { form: 'statement', bodyStart: polite };
  return { form: 'fragment', bodyStart: polite };
}

/** Its first word is a verb that commands; "order 4412 is late" is none, nor is "a table". */
function isCommand(text: string): boolean {
  const [first = '', second = ''] = text.toLowerCase().match(/[\p{L}'-]+|\d+/gu) ?? [];
  if (!VERBS.has(first)) return false;
  return !(/^\d/.test(second) && /\b(?:is|was|has|did)\b/.test(text)) && !/^(?:is|was|are|were)$/.test(second);
}

/** A later clause may command: "my heating is too cold, set it to 21". */
export function lastCommand(text: string): number | null {
  for (const match of text.matchAll(
    /(?:[,.;!?]\s+|\b(?:and|so|then)\s+)(?:(?:please|can you|could you|would you|i want you to|i'd like you to)\s+)*(\p{L}+)\b/giu,
  )) {
    if (VERBS.has((match[1] ?? '').toLowerCase())) return match.index + match[0].length - (match[1] ?? '').length;
  }
  return null;
}
