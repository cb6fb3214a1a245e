import { classOf, type ElementDeclaration, type ElementModule, type ElementsManifest, observed } from '../manifest.ts';

/** The manifest as what framework types and editor data are written from. */

interface Told {
  readonly name: string;
  readonly description: string;
}

export interface DescribedAttribute extends Told {
  readonly property: string;
  /** A flag is there or not; a number is written as one. */
  readonly kind: 'flag' | 'number' | 'text';
  /** Words that it takes, as its description names them; empty = anything. */
  readonly values: readonly string[];
}

export interface DescribedEvent extends Told {
  /** Class of the event, or a type of the DOM. */
  readonly type: string;
  /** Where the class is declared; null = the DOM. */
  readonly path: string | null;
}

export interface DescribedElement extends Told {
  readonly tag: string;
  /** Folder below `src/elements`, where its `define.ts` is. */
  readonly folder: string;
  readonly path: string;
  readonly attributes: readonly DescribedAttribute[];
  /** Properties that can be set, those of attributes included. */
  readonly properties: readonly Told[];
  readonly events: readonly DescribedEvent[];
  readonly slots: readonly Told[];
  readonly cssParts: readonly Told[];
  readonly cssProperties: readonly Told[];
}

const told = ({ name, description = '' }: { readonly name: string; readonly description?: string }): Told => ({
  name,
  description,
});

/** `` `vad`, `hold` or `toggle` `` → those three; one word alone is a value among others. */
function valuesIn(description: string): readonly string[] {
  const words = [...description.matchAll(/`([^`]*)`/g)].map(([, word = '']) => word);
  return words.length > 1 && words.every((word) => /^[a-z][a-z-]*$/.test(word)) ? words : [];
}

/** By the type of the property that it sets: `boolean`, `number | null` … */
function kindOf(type: string | undefined): DescribedAttribute['kind'] {
  const [one, ...others] = (type ?? '').split('|').flatMap((each) => (/null|undefined/.test(each) ? [] : [each.trim()]));
  if (others.length > 0) return 'text';
  return one === 'boolean' ? 'flag' : one === 'number' ? 'number' : 'text';
}

const open = (declaration: ElementDeclaration) =>
  (declaration.members ?? []).filter(
    ({ privacy, static: fixed }) => privacy !== 'private' && privacy !== 'protected' && fixed !== true,
  );

/** Reactive properties and accessors with a setter, as far as the class shows them. */
async function properties(module: ElementModule, declaration: ElementDeclaration): Promise<readonly Told[]> {
  const { elementProperties, prototype } = await classOf(module, declaration);
  const attributes = new Map((declaration.attributes ?? []).map(({ fieldName = '', description }) => [fieldName, description]));
  const settable = (name: string): boolean => {
    const reactive = elementProperties.get(name);
    if (reactive !== undefined) return reactive.state !== true;
    for (let at: unknown = prototype; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
      const accessor = Object.getOwnPropertyDescriptor(at, name);
      if (accessor !== undefined) return accessor.set !== undefined;
    }
    return false;
  };
  return open(declaration)
    .filter(({ kind, name, description = '' }) => kind === 'field' && settable(name) && !/read only/.test(description))
    .map(({ name, description }) => told({ name, description: description ?? attributes.get(name) ?? '' }));
}

async function describe(
  module: ElementModule,
  declaration: ElementDeclaration,
  places: ReadonlyMap<string, string>,
): Promise<DescribedElement> {
  const fields = observed(await classOf(module, declaration));
  const types = new Map((declaration.members ?? []).map((member) => [member.name, member.type?.text]));
  return {
    name: declaration.name,
    tag: declaration.tagName ?? '',
    description: declaration.description ?? '',
    path: module.path,
    folder: module.path.split('/').at(-2) ?? '',
    attributes: (declaration.attributes ?? []).map(({ name, description = '' }) => ({
      name,
      description,
      property: fields.get(name) ?? name,
      kind: kindOf(types.get(fields.get(name) ?? name)),
      values: valuesIn(description),
    })),
    properties: await properties(module, declaration),
    events: (declaration.events ?? []).map(({ name = '', description = '', type }) => {
      const path = places.get(type?.text ?? '') ?? null;
      return { name, description, path, type: path === null ? 'Event' : (type?.text ?? 'Event') };
    }),
    slots: (declaration.slots ?? []).map(told),
    cssParts: (declaration.cssParts ?? []).map(told),
    cssProperties: (declaration.cssProperties ?? []).map(told),
  };
}

/** Elements whose class is `exported`, `<viva-voce>` first. */
export async function describedElements(
  { modules }: ElementsManifest,
  exported: ReadonlySet<string>,
): Promise<readonly DescribedElement[]> {
  const declared = modules.flatMap((module) => (module.declarations ?? []).map((declaration) => ({ module, declaration })));
  const places = new Map(declared.map(({ module, declaration }) => [declaration.name, module.path]));
  const elements = await Promise.all(
    declared
      .filter(({ declaration }) => declaration.tagName !== undefined && exported.has(declaration.name))
      .map(({ module, declaration }) => describe(module, declaration, places)),
  );
  const rank = ({ tag }: DescribedElement) => (tag === 'viva-voce' ? '' : tag);
  return elements.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
