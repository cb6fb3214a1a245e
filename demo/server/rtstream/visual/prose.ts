import { lightWord } from './evidence.ts';
import { motionWord, type SceneFacts } from './facts.ts';

/** What is known of a scene in sentences, picking what the prompt asks for; nothing that is not known is said. */

type Subject = 'app' | 'activity' | 'text' | 'elements' | 'people' | 'objects' | 'colours' | 'light' | 'change';

const ASKED: readonly (readonly [Subject, RegExp])[] = [
  [
    'text',
    /\b(?:text|read|written|words?|ocr|says?|titles?|headlines?|captions?|messages?|documents?|subtitles?|errors?|numbers?)\b/i,
  ],
  [
    'people',
    /\b(?:people|persons?|humans?|faces?|someone|anyone|somebody|anybody|who|crowd|visitors?|customers?|men|women|man|woman|child(?:ren)?|pedestrians?)\b/i,
  ],
  ['objects', /\b(?:objects?|things?|items?|products?|vehicles?|cars?|animals?|tools?)\b/i],
  ['colours', /\bcolou?rs?\b/i],
  ['light', /\b(?:bright(?:ness)?|dark(?:ness)?|light(?:ing)?|day|night)\b/i],
  ['change', /\b(?:changes?|changed|moves?|moving|movement|motion|cuts?|scene changes?|transitions?)\b/i],
  ['elements', /\b(?:ui|interface|buttons?|menus?|fields?|tabs?|controls?|elements?|forms?|layout|dialogs?)\b/i],
  ['app', /\b(?:apps?|applications?|programs?|software|windows?|websites?|sites?|tools?)\b/i],
  ['activity', /\b(?:activit(?:y|ies)|doing|actions?|tasks?|working|happening|happens|going on)\b/i],
];
const ALL: readonly Subject[] = ['app', 'activity', 'text', 'elements', 'people', 'objects', 'colours', 'light', 'change'];
/** "Describe what is happening on screen": everything, not the subjects that such words happen to touch. */
const GENERAL =
  /\b(?:describe|summari[sz]e|everything|overview|what is (?:happening|going on|shown|visible|on)|what(?:'s| is) (?:on|in) (?:the )?(?:screen|picture|scene|frame|video)|analy[sz]e|monitor)\b/i;
const MOST_TEXT = 700;
const MOST_ELEMENTS = 14;

export function proseOf(facts: SceneFacts, prompt: string): string {
  const named = ASKED.filter(([, words]) => words.test(prompt)).map(([subject]) => subject);
  const wanted = named.length === 0 || GENERAL.test(prompt) ? ALL : ALL.filter((subject) => named.includes(subject));
  const isAll = wanted === ALL;
  const said = wanted.map((subject) => tell(facts, subject, isAll)).filter((sentence) => sentence !== '');
  return said.length > 0 ? said.join(' ') : `Nothing is known of that at tier ${facts.tier}.`;
}

/** `brief`: what was not asked for by name and is not there goes unsaid. */
function tell(facts: SceneFacts, subject: Subject, brief: boolean): string {
  switch (subject) {
    case 'app':
      return facts.app === null
        ? brief
          ? ''
          : 'No application is named on screen.'
        : `Application: ${facts.app}${facts.title === null ? '' : ` (window "${facts.title}")`}.`;
    case 'activity':
      return facts.activity === null ? '' : `Probably ${facts.activity}.`;
    case 'text':
      return tellText(facts, brief);
    case 'elements':
      return tellElements(facts, brief);
    case 'people':
      if (facts.people === null) return '';
      if (facts.people.count === 0) return 'No people visible.';
      return `${facts.people.count} ${facts.people.count === 1 ? 'person' : 'people'} visible (${percent(facts.people.confidence)} sure).`;
    case 'objects':
      if (facts.objects === null) return '';
      if (facts.objects.length === 0) return brief ? '' : 'No objects recognised.';
      return `Objects: ${facts.objects.map(({ name, count, confidence }) => `${count > 1 ? `${count} × ` : ''}${name} (${percent(confidence)} sure)`).join(', ')}.`;
    case 'colours':
      return facts.colours.length === 0
        ? ''
        : `Main colours: ${facts.colours
            .slice(0, 4)
            .map(({ name, share }) => `${name} ${percent(share)}`)
            .join(', ')}.`;
    case 'light':
      return brief ? '' : `The picture is ${lightWord(facts.brightness)}.`;
    case 'change':
      return tellChange(facts);
  }
}

function tellText({ text }: SceneFacts, brief: boolean): string {
  if (text === null) return '';
  if (text.length === 0) return brief ? '' : 'No readable text on screen.';
  const all = text.map(({ line }) => line).join(' | ');
  return `Screen text: ${all.length <= MOST_TEXT ? all : `${all.slice(0, all.lastIndexOf(' ', MOST_TEXT))} …`}.`.replace(
    /([.!?…])\.$/,
    '$1',
  );
}

function tellElements({ elements }: SceneFacts, brief: boolean): string {
  if (elements === null) return '';
  if (elements.length === 0) return brief ? '' : 'No buttons, fields or menus recognised.';
  const more = elements.length - MOST_ELEMENTS;
  const shown = elements.slice(0, MOST_ELEMENTS).map(({ kind, label }) => (label === '' ? kind : `${kind} "${label}"`));
  return `On screen: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function tellChange({ change }: SceneFacts): string {
  const cuts = change.cutsAtMs.length;
  if (cuts > 0)
    return `The scene changed ${cuts === 1 ? 'once' : `${cuts} times`} (${change.cutsAtMs.map((at) => new Date(at).toISOString().slice(11, 23)).join(', ')} UTC).`;
  const word = motionWord(change);
  return word === 'still' ? 'Nothing moves.' : `There is ${word} movement.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
