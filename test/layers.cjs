/** Who may import whom; the table of CONTRIBUTING.md as rules. `test/checks/layers.ts` also plants violations to see them fail. */

const lit = '^(lit($|/)|@lit/)|node_modules/(lit|@lit|lit-html|lit-element)/';
const outside = (folders) => `^(?!(${folders.join('|')})).*`;

/** A folder of src may import itself, the listed folders, and packages (which have their own rules below). */
const mayImport = (folder, allowed) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^(src|worklets|demo|test)/', pathNot: [`^src/${folder}/`, ...allowed] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?worker(&url)?$|^viva-voce(/|$)' },
    },
    {
      name: 'declared-packages',
      comment: 'demo’s packages hoist, so Node would find what package.json of the importer does not name.',
      severity: 'error',
      from: { path: '^(src|worklets|demo)/' },
      // `peerDependenciesMeta` is taken for a list of packages of an unknown kind.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'widget-packages',
      comment: 'The widget ships with its own dependencies only, never with tools.',
      severity: 'error',
      from: { path: '^(src|worklets)/', pathNot: '^src/vite-env' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'npm-peer', 'type-only'] },
    },
    { name: 'no-node-in-pages', severity: 'error', from: { path: '^(src|worklets)/' }, to: { dependencyTypes: ['core'] } },
    { name: 'lit-in-elements', severity: 'error', from: { path: '^src/', pathNot: '^src/(elements/|embed)' }, to: { path: lit } },
    { name: 'worklets-alone', severity: 'error', from: { path: '^worklets/' }, to: { path: outside(['worklets/']) } },
    {
      name: 'kernels-alone',
      severity: 'error',
      from: { path: '^worklets/kernels/' },
      to: { path: outside(['worklets/kernels/', 'worklets/messages\\.ts']) },
    },
    {
      name: 'shared-alone',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: outside(['src/shared/', '.*node_modules/rxjs/']) },
    },
    mayImport('pipelines', ['^src/shared/']),
    mayImport('protocols', ['^src/shared/']),
    mayImport('video', ['^src/shared/']),
    mayImport('audio', ['^src/shared/', '^worklets/messages\\.ts$', '^worklets/[^/]+\\.worklet\\.ts', '^worklets/kernels/']),
    mayImport('session', ['^src/shared/', '^src/pipelines/', '^src/protocols/protocol\\.ts$', '^worklets/messages\\.ts$']),
    mayImport('elements', [
      '^src/shared/',
      '^src/session/',
      '^src/locales/',
      '^src/pipelines/(caption|changed|playback|alert|kiosk|usage|page)-[^/]+\\.ts$',
      '^src/[a-z-]*edges\\.ts$',
    ]),
    {
      name: 'edges-from-the-root-element',
      severity: 'error',
      from: { path: '^src/elements/', pathNot: '^src/elements/viva-voce/' },
      to: { path: '^src/[a-z-]*edges\\.ts$' },
    },
    { name: 'src-without-demo', severity: 'error', from: { path: '^(src|worklets)/' }, to: { path: '^(demo|test)/' } },
    { name: 'product-without-tests', severity: 'error', from: { path: '^demo/' }, to: { path: '^test/' } },
    {
      name: 'server-imports',
      comment: 'The gateway shares words, pure codecs and kernels with the page, nothing that runs there.',
      severity: 'error',
      from: { path: '^demo/server/' },
      to: {
        path: '^(src|worklets)/',
        pathNot: [
          '^src/shared/',
          '^src/protocols/[^/]+/(codec|messages|frame|events|dialect)[^/]*\\.ts$',
          '^src/protocols/[^/]+/codec/',
          '^worklets/kernels/',
        ],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
