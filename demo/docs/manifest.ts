import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes dist/custom-elements.json: what the analyzer reads in the sources, with the attributes as the classes themselves observe them
 * (an analyzer cannot follow a property declaration that a function makes).
 */

export interface Named {
  readonly name: string;
  readonly description?: string;
}

export interface Attribute extends Named {
  readonly fieldName?: string;
}

export interface ElementDeclaration {
  readonly kind: string;
  readonly name: string;
  readonly description?: string;
  readonly tagName?: string;
  readonly customElement?: boolean;
  readonly attributes?: readonly Attribute[];
  readonly events?: readonly (Partial<Named> & { readonly type?: { readonly text: string } })[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly members?: readonly (Named & {
    readonly kind: string;
    readonly type?: { readonly text: string };
    readonly privacy?: string;
    readonly static?: boolean;
  })[];
}

export interface ElementModule {
  readonly path: string;
  readonly declarations?: readonly ElementDeclaration[];
  readonly exports?: readonly (Named & { readonly declaration?: { readonly name?: string } })[];
}

export interface ElementsManifest {
  readonly schemaVersion: string;
  readonly readme: string;
  readonly modules: readonly ElementModule[];
}

/** As much of a Lit class as is asked here. */
export interface ElementClass {
  readonly observedAttributes: readonly string[];
  readonly elementProperties: ReadonlyMap<PropertyKey, { readonly attribute?: boolean | string; readonly state?: boolean }>;
  readonly prototype: object;
}

const root = join(import.meta.dirname, '../..');

/** Attribute → the property it sets, as the class declares. */
export function observed(element: ElementClass): ReadonlyMap<string, string> {
  const names = new Set(element.observedAttributes);
  const pairs = [...element.elementProperties].flatMap(([property, { attribute }]) => {
    if (attribute === false || typeof property !== 'string') return [];
    const name = typeof attribute === 'string' ? attribute : property.toLowerCase();
    return names.has(name) ? [[name, property] as const] : [];
  });
  return new Map(pairs);
}

/** The class that a manifest entry tells of. */
export async function classOf(module: ElementModule, declaration: ElementDeclaration): Promise<ElementClass> {
  const exported = (await import(pathToFileURL(join(root, module.path)).href)) as Readonly<Record<string, ElementClass>>;
  const found = exported[declaration.name];
  if (found === undefined) throw new Error(`${module.path} exports no ${declaration.name}`);
  // Lit collects a class's properties when its attributes are first asked for.
  Reflect.get(found, 'observedAttributes');
  return found;
}

export async function makeManifest(): Promise<ElementsManifest> {
  // Where package.json's `customElements` points: with any other place the analyzer would rewrite package.json.
  const folder = 'dist';
  const analyzer = ['analyze', '--litelement', '--quiet', '--globs', 'src/elements/**/*.ts', '--outdir', folder];
  const { status, stderr } = spawnSync(join(root, 'node_modules/.bin/cem'), analyzer, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The analyzer failed: ${stderr}`);
  const analyzed = JSON.parse(readFileSync(join(root, folder, 'custom-elements.json'), 'utf8')) as ElementsManifest;
  const modules = await Promise.all(analyzed.modules.map(corrected));
  return { ...analyzed, modules: modules.filter(({ declarations = [] }) => declarations.length > 0) };
}

/** Without what is nobody's business outside: members that are private or protected, functions and constants beside the classes. */
const open = ({ members, ...declaration }: ElementDeclaration): ElementDeclaration => ({
  ...declaration,
  ...(members === undefined
    ? {}
    : { members: members.filter(({ privacy }) => privacy !== 'private' && privacy !== 'protected') }),
});

async function corrected(module: ElementModule): Promise<ElementModule> {
  const classes = (module.declarations ?? []).filter(({ kind }) => kind === 'class' || kind === 'mixin').map(open);
  const declarations = await Promise.all(
    classes.map(async (declaration) => {
      if (declaration.customElement !== true) return declaration;
      const attributes = observed(await classOf(module, declaration));
      const described = new Map((declaration.attributes ?? []).map((attribute) => [attribute.name, attribute]));
      return {
        ...declaration,
        attributes: [...attributes].map(([name, fieldName]) => ({ ...described.get(name), name, fieldName })),
        events: (declaration.events ?? []).filter((event) => event.name !== undefined),
      };
    }),
  );
  const names = new Set(declarations.map(({ name }) => name));
  const exported = (module.exports ?? []).filter(
    ({ declaration }) => declaration?.name === undefined || names.has(declaration.name),
  );
  return { ...module, declarations, exports: exported };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/custom-elements.json'), `${JSON.stringify(await makeManifest(), null, 2)}\n`);
}
