import { readFileSync } from 'node:fs';
import { LitElement } from 'lit';
import { classOf, type ElementDeclaration, type ElementsManifest } from '../../demo/docs/manifest.ts';

/** What a page can call, set and listen to is told, and can be named by a program. */

const elementsOf = ({ modules }: ElementsManifest): readonly ElementDeclaration[] =>
  modules.flatMap(({ declarations = [] }) => declarations.filter(({ tagName }) => tagName !== undefined));

/** Elements that a page puts into its markup and calls; the others are parts of them. */
const pages = new Set(
  ['voce', ...(readFileSync('src/embed.ts', 'utf8').match(/(?<=alone = ')[a-z,]+/)?.[0] ?? '').split(',')].map(
    (name) => `viva-${name}`,
  ),
);

/** Told in the HTML standard, and named as there: `<viva-player>` does as `<video>` does. */
const native =
  /^(pause|canPlayType|currentTime|duration|paused|ended|seeking|readyState|networkState|error|buffered|seekable|played|currentSrc|videoWidth|videoHeight|playbackRate|defaultPlaybackRate|requestPictureInPicture|focus)$/;

/** Methods and properties of a page's elements that no sentence tells of. */
async function untold(manifest: ElementsManifest): Promise<readonly string[]> {
  const found = manifest.modules.flatMap((module) => (module.declarations ?? []).map((element) => ({ module, element })));
  const missing = found
    .filter(({ element }) => pages.has(element.tagName ?? ''))
    .map(async ({ module, element }) => {
      const { elementProperties } = await classOf(module, element);
      const told = new Set((element.attributes ?? []).flatMap((it) => (it.description === undefined ? [] : [it.fieldName])));
      return (element.members ?? [])
        .filter(({ name, description, static: fixed }) => description === undefined && !told.has(name) && fixed !== true)
        .filter(
          ({ name }) => !native.test(name) && !(name in LitElement.prototype) && elementProperties.get(name)?.state !== true,
        )
        .map(({ kind, name }) => `<${element.tagName ?? ''}>: the ${kind} ${name} is public and not documented`);
    });
  return (await Promise.all(missing)).flat();
}

/** Event classes that a program which imports `viva-voce` cannot name. */
function unnamed(manifest: ElementsManifest): readonly string[] {
  const index = readFileSync('src/index.ts', 'utf8');
  const places = new Map(
    manifest.modules.flatMap(({ path, declarations = [] }) => declarations.map(({ name }) => [name, path] as const)),
  );
  const types = new Set(elementsOf(manifest).flatMap(({ events = [] }) => events.map(({ type }) => type?.text ?? '')));
  return [...types]
    .filter((type) => places.has(type))
    .filter(
      (type) => !index.includes(type) && !index.includes(`export * from './${(places.get(type) ?? '').replace('src/', '')}'`),
    )
    .map((type) => `${type} is fired and src/index.ts does not export it`);
}

export const namesAtFault = async (manifest: ElementsManifest): Promise<readonly string[]> => [
  ...(await untold(manifest)),
  ...unnamed(manifest),
];
