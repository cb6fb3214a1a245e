import type { AnswerTool } from '../../../engine.ts';
import { readTerms, type Term } from '../../../../knowledge/terms.ts';
import { actionsOf, isReading, type Action } from './actions.ts';
import type { Fillable } from './fill.ts';
import { isObject, readSlots, wordsOfName, type JsonSchema, type Slot } from './slots.ts';
import { Validators } from './validate.ts';

/** A declared tool read once: its words, what it does, its parameters, its validator. */
export interface ToolProfile extends Fillable {
  readonly tool: AnswerTool;
  /** "book table" */
  readonly name: string;
  /** What is embedded. */
  readonly gist: string;
  readonly nameTerms: readonly Term[];
  /** The verbs of the name and the description's first word. */
  readonly verbTerms: readonly Term[];
  /** Of name and description. */
  readonly own: readonly Term[];
  /** Of the parameters: names, descriptions, allowed values. */
  readonly parameterTerms: readonly Term[];
  readonly actions: ReadonlySet<Action>;
  /** It only reads: a question may call it. */
  readonly reads: boolean;
  readonly slots: readonly Slot[];
  /** Of all arguments together. */
  readonly parameters: JsonSchema;
}

const MAX_DESCRIPTION = 600;

export function readTool(tool: AnswerTool): ToolProfile {
  const parameters = isObject(tool.parameters) ? tool.parameters : {};
  const name = wordsOfName(tool.name);
  const description = tool.description.slice(0, MAX_DESCRIPTION);
  const slots = readSlots(parameters);
  const nameVerbs = name.split(' ');
  const [saidVerb = ''] = description.toLowerCase().match(/\p{L}+/gu) ?? [];
  const verb = nameVerbs.find((word) => actionsOf(word).size > 0);
  const actions = new Set<Action>([...(verb === undefined ? [] : actionsOf(verb)), ...actionsOf(saidVerb)]);
  return {
    tool,
    name,
    gist: `${name}. ${firstSentence(description)}`,
    nameTerms: readTerms(name),
    verbTerms: [...nameVerbs.filter((word) => actionsOf(word).size > 0), saidVerb].flatMap((word) => readTerms(word)),
    own: readTerms(`${name} . ${description}`),
    parameterTerms: readTerms(
      slots.map((slot) => `${slot.label} . ${slot.description} . ${(slot.choices ?? []).join(' . ')}`).join(' . '),
    ),
    actions,
    reads: isReading(name, description),
    slots,
    validators: new Validators(parameters),
    parameters,
  };
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}
