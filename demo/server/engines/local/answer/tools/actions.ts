import { stemOf } from '../../../../knowledge/terms.ts';

/** What kind of doing a verb is, so that "reserve" finds `book_table` and "cancel" never does. */

export type Action =
  | 'make'
  | 'remove'
  | 'change'
  | 'search'
  | 'ask'
  | 'send'
  | 'buy'
  | 'play'
  | 'call'
  | 'go'
  | 'switch'
  | 'rate'
  | 'pay'
  | 'compute'
  | 'start'
  | 'stop';

const VERBS: Readonly<Record<Action, string>> = {
  make: 'add create make put insert append register save note log record book reserve schedule arrange plan set submit enroll enrol sign join apply file open request report post upload invite remind enter store',
  remove: 'delete remove erase clear cancel discard drop unsubscribe terminate leave withdraw revoke',
  change:
    'change update edit modify move reschedule rename set adjust replace correct increase decrease raise lower extend swap postpone delay shift upgrade downgrade turn dim make',
  search: 'find search look lookup browse explore locate list compare',
  ask: 'get check find search look lookup list show fetch read query track view see tell retrieve browse locate verify count know is are was does do what when where who which how describe identify compare explore inspect status hear have will',
  send: 'send email mail text message write tell notify forward share',
  buy: 'buy order purchase get want need add take',
  play: 'play hear listen put start watch stream',
  call: 'call phone ring dial contact',
  go: 'open show go take navigate bring display see visit view',
  switch: 'turn switch enable disable activate deactivate mute unmute lock unlock open close shut put toggle set',
  rate: 'rate review give vote score',
  pay: 'pay transfer send tip donate refund return',
  compute: 'convert calculate compute translate estimate measure sum multiply divide say spell split is how what',
  start: 'start begin launch resume continue run set activate',
  stop: 'stop pause end finish halt quit snooze cancel turn',
};

const BY_STEM = new Map<string, Set<Action>>();

function actionsByStem(): Map<string, Set<Action>> {
  if (BY_STEM.size > 0) return BY_STEM;
  for (const [action, verbs] of Object.entries(VERBS)) {
    for (const verb of verbs.split(' ')) {
      const stem = stemOf(verb);
      BY_STEM.set(stem, (BY_STEM.get(stem) ?? new Set<Action>()).add(action as Action));
    }
  }
  return BY_STEM;
}

export function actionsOf(word: string): ReadonlySet<Action> {
  return actionsByStem().get(stemOf(word)) ?? new Set();
}

const WORDS = new Set(Object.values(VERBS).flatMap((verbs) => verbs.split(' ')));

/** "remind", not "reminder". */
export function isVerb(word: string): boolean {
  return WORDS.has(word);
}

/** Said in any question: they tell little about what is asked for. */
const ASKING =
  /^(?:is|are|was|were|do|does|did|what|what's|when|when's|where|where's|who|who's|which|how|how's|have|has|will|would|can|could)$/;

export function isAsking(word: string): boolean {
  return ASKING.test(word);
}

/** These read or compute and change nothing: a question may call them. */
const READING =
  /^(?:get|check|find|search|look|lookup|list|show|fetch|read|query|track|view|retrieve|browse|locate|verify|count|convert|calculate|compute|translate|estimate|compare|identify|describe|explore|lookup|is|has|validate|suggest|recommend|see|detect|measure|define)$/;

export function isReading(name: string, description: string): boolean {
  const [first = '', second = ''] = name.split(' ');
  const [said = ''] = description.toLowerCase().match(/\p{L}+/gu) ?? [];
  const verbless = actionsOf(first).size === 0;
  return (
    READING.test(first) ||
    (verbless &&
      (READING.test(said) ||
        READING.test(second) ||
        /^(?:returns?|gives|tells|looks|finds|searches|shows|gets|lists|calculates|converts|checks)$/.test(said)))
  );
}
