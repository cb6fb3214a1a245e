/** Kinds of sentences that prompts ask for, told by their wording. English. Pure. */

export interface SentenceKind {
  readonly name: string;
  /** In a prompt, or the name of a key. */
  readonly asked: RegExp;
  readonly fits: (sentence: string) => boolean;
}

const any =
  (...patterns: readonly RegExp[]) =>
  (sentence: string): boolean =>
    patterns.some((pattern) => pattern.test(sentence));

export const SENTENCE_KINDS: readonly SentenceKind[] = [
  {
    name: 'action items',
    asked:
      /\b(?:action[ _-]?(?:items?|points?)|to[ _-]?dos?|tasks?|next[ _-]?steps?|follow[ _-]?ups?|commitments?|assignments?)\b/i,
    fits: any(
      /\b(?:i|we|you|he|she|they|[A-Z]\w+)(?:'ll| will| shall| must| should|(?:'m| am|'re| are|'s| is) going to| need(?:s)? to| ha(?:ve|s) to)\s(?!be\b|have been)\w+/,
      /^(?:please|let's|let us|make sure|remember to|don't forget|can you|could you)\b/i,
      /\b(?:by|before|until) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|next week|the end of)\b/i,
      /\b(?:action item|to-?do|next step|follow up)\b/i,
    ),
  },
  {
    name: 'decisions',
    asked: /\b(?:decisions?|decided|agreements?|agreed|conclusions?|outcomes?|resolutions?)\b/i,
    fits: any(
      /\b(?:decid|agreed?\b|settled on|we(?:'ll| will) go with|approved|conclu|chose\b|resolved to|let's go with|it is final)/i,
    ),
  },
  {
    name: 'questions',
    asked: /\bquestions?\b/i,
    fits: any(
      /\?["'”)]*$/,
      /^(?:who|what|when|where|why|how|which|whose)\b(?!ever)/i,
      /^(?:is|are|do|does|did|can|could|would|will|should|have|has) (?:i|we|you|he|she|it|they|there|the|this|that|any\w*)\b/i,
    ),
  },
  {
    name: 'problems',
    asked: /\b(?:problems?|issues?|complaints?|bugs?|blockers?|errors?|concerns?|risks?|pain[ _-]?points?|incidents?)\b/i,
    fits: any(
      /\b(?:problem|issue|bug|error|fail|broke|crash|complain|wrong|blocked|blocker|stuck|doesn't work|does not work|not working|can't|cannot|couldn't|unable|risk|worried|concern|unfortunately|too slow|delay)/i,
    ),
  },
  {
    name: 'numbers',
    asked: /\b(?:numbers?|amounts?|figures?|prices?|costs?|metrics?|quantit\w+|statistics)\b/i,
    fits: any(
      /\d/,
      /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|percent|dollars?|euros?|pounds?)\b/i,
    ),
  },
  {
    name: 'dates',
    asked: /\b(?:dates?|deadlines?|schedules?|due|timelines?)\b/i,
    fits: any(
      /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|today|tomorrow|tonight|yesterday|next (?:week|month|year)|this (?:week|month|afternoon|morning)|deadline|o'clock)\b/i,
    ),
  },
];
