import type { Plugin } from 'vite';

/**
 * Parts of packages that the embed build does without: what they do for browsers that lack `light-dark()`, `popover` and ES2022 anyway,
 * for switches that nobody sets, and for sources that nothing here makes. A part that is not found any more fails the build.
 */

const NEVER = '() => false';

/** End of a module's path → what stands in its place. */
const PARTS: Readonly<Record<string, string>> = {
  // Adopted style sheets are where `light-dark()` is; only our own literals are ever handed in.
  '@lit/reactive-element/css-tag.js': `
    export class CSSResult {
      _$cssResult$ = true;
      constructor(cssText) {
        this.cssText = cssText;
      }
      get styleSheet() {
        if (!this.sheet) (this.sheet = new CSSStyleSheet()).replaceSync(this.cssText);
        return this.sheet;
      }
      toString() {
        return this.cssText;
      }
    }
    export const supportsAdoptingStyleSheets = true;
    export const unsafeCSS = (text) => new CSSResult(String(text));
    export const css = (raw, ...values) => unsafeCSS(String.raw({ raw }, ...values));
    export const adoptStyles = (root, styles) => {
      root.adoptedStyleSheets = styles.map((style) => style.styleSheet ?? style);
    };
    export const getCompatibleStyle = (style) => style;`,
  // Asynchronous iterables and streams as sources, and the helpers that those need.
  'rxjs/dist/esm/internal/util/isAsyncIterable.js': `export const isAsyncIterable = ${NEVER};`,
  'rxjs/dist/esm/internal/util/isReadableStreamLike.js': `
    export const isReadableStreamLike = ${NEVER};
    export const readableStreamLikeToAsyncGenerator = null;`,
  // A scheduler given to a creation function: deprecated by rxjs itself.
  'rxjs/dist/esm/internal/scheduled/scheduled.js': `
    export const scheduled = () => {
      throw new TypeError('rxjs is here without scheduled()');
    };`,
  // `config.useDeprecatedSynchronousErrorHandling`
  'rxjs/dist/esm/internal/util/errorContext.js': `
    export const errorContext = (run) => run();
    export const captureError = () => {};`,
  // Time without the stand-ins that tests put in its place: the contract of a scheduler, on `setTimeout` itself.
  'rxjs/dist/esm/internal/scheduler/async.js': `
    import { Subscription } from '../Subscription';
    export const asyncScheduler = {
      now: () => Date.now(),
      schedule(work, delay, state) {
        let timer;
        const action = new Subscription(() => clearTimeout(timer));
        action.schedule = (state, delay) => {
          timer = setTimeout(() => work.call(action, state), delay);
          return action;
        };
        return action.schedule(state, delay);
      },
    };
    export const async = asyncScheduler;`,
  // What is scheduled while something runs, runs behind it.
  'rxjs/dist/esm/internal/scheduler/queue.js': `
    import { Subscription } from '../Subscription';
    const waiting = [];
    const run = (task) => {
      if (waiting.push(task) > 1) return;
      try {
        for (const next of waiting) next();
      } finally {
        waiting.length = 0;
      }
    };
    export const queueScheduler = {
      now: () => Date.now(),
      schedule(work, _delay, state) {
        const action = new Subscription();
        action.schedule = (state) => {
          run(() => action.closed || work.call(action, state));
          return action;
        };
        return action.schedule(state);
      },
    };`,
  'rxjs/dist/esm/internal/scheduler/timeoutProvider.js': `
    export const timeoutProvider = { setTimeout: (...call) => setTimeout(...call), clearTimeout: (id) => clearTimeout(id) };`,
  // Errors that can say which they are without being spelled out for ES5.
  'rxjs/dist/esm/internal/util/UnsubscriptionError.js': `
    export class UnsubscriptionError extends Error {
      name = 'UnsubscriptionError';
      constructor(errors) {
        super(errors.join());
        this.errors = errors;
      }
    }`,
  'rxjs/dist/esm/internal/util/EmptyError.js': `
    export class EmptyError extends Error {
      name = 'EmptyError';
    }`,
  'rxjs/dist/esm/internal/util/ObjectUnsubscribedError.js': `
    export class ObjectUnsubscribedError extends Error {
      name = 'ObjectUnsubscribedError';
    }`,
  'rxjs/dist/esm/internal/util/throwUnobservableError.js': `
    export const createInvalidObservableTypeError = (input) => new TypeError(\`No Observable: \${input}\`);`,
};

const partAt = (path: string): string | undefined => Object.keys(PARTS).find((end) => path.endsWith(`/node_modules/${end}`));

/** What stands in the place of a module; null = itself. */
export const leanPart = (path: string): string | null => PARTS[partAt(path) ?? ''] ?? null;

type Cut = readonly [what: RegExp, instead: string | ((found: string) => string)];

const method = (name: string): Cut => [new RegExp(`\\n {4}${name}\\([^]*?\\n {4}\\}`), ''];

/**
 * End of a module's path → what is cut out of it: hooks for polyfills and decorators, the roll call of versions, switches of rxjs's
 * `config` that nobody sets, methods that rxjs itself has deprecated, and the writing end of a piped Subject, which no type gives anybody.
 */
const CUTS: Readonly<Record<string, readonly Cut[]>> = {
  'lit-html/lit-html.js': [
    // Templates of SVG and MathML, and bindings in raw text and in comments: `emptyPlaces` sees that none is written.
    [/\w=2===\w\?"<svg>":3===\w\?"<math>":""(?=,)/, (found: string) => `${found[0]}=""`],
    [/\+\(2===\w\?"<\/svg>":3===\w\?"<\/math>":""\)/, ''],
    [/,2===\w\|\|3===\w\)\{const \w=.*?replaceWith\(\.\.\.\w+\.childNodes\)\}/, ')'],
    [/if\(\w\.test\(\w\.tagName\)\)\{.*?\}\}(?=\}else if\(8===)/, ''],
    [/else\{let (\w)=-1;for\(.*?\1\+=\w\.length-1\}/, ''],
    [/,(\w)=\w\.litHtmlPolyfillSupport;\1\?\.\(\w+,\w+\),\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [/,\w\?\.\(\{ReactiveElement:\w\}\),\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
    [/,\w=\w\.reactiveElementPolyfillSupport\b/, ''],
    [/static addInitializer\(\w\)\{.*?\}(?=static get)/, ''],
    [/,void 0!==\w\.l&&\(this\.l=\[\.\.\.\w\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/, ''],
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{const (\w)=litPropertyMetadata\.get\(\1\);.*?\}(?=this\._\$Eh=)/, ''],
  ],
  'lit-element/lit-element.js': [
    [
      /,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\);const (\w)=\w\.litElementPolyfillSupport;\1\?\.\(\{LitElement:\w\}\)/,
      '',
    ],
    [/\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
  ],
  'rxjs/dist/esm/internal/Subscriber.js': [
    [/config\.useDeprecated\w+/g, 'false'],
    [/const \{ onStoppedNotification \} = config/, 'const onStoppedNotification = null'],
  ],
  'rxjs/dist/esm/internal/util/reportUnhandledError.js': [
    [/const \{ onUnhandledError \} = config/, 'const onUnhandledError = null'],
  ],
  'rxjs/dist/esm/internal/Observable.js': [method('forEach'), method('toPromise'), [/\nObservable\.create = [^]*?\n\};/, '']],
  'rxjs/dist/esm/internal/Subject.js': [method('lift'), [/\nSubject\.create = [^]*?\n\};/, '']],
};

export function leanerPackages(): Plugin {
  const missed = new Set(Object.keys(PARTS));
  return {
    name: 'leaner-packages',
    enforce: 'pre',
    // rxjs's newest build is ES2015 and asks for helpers; those who asked are gone.
    resolveId: (source) => (source === 'tslib' ? '\0tslib' : null),
    load(path) {
      if (path === '\0tslib') return 'export const __asyncValues = null, __awaiter = null;';
      const part = partAt(path);
      if (part === undefined) return null;
      missed.delete(part);
      return PARTS[part];
    },
    transform(code, path) {
      const end = Object.keys(CUTS).find((each) => path.endsWith(`/node_modules/${each}`));
      if (end === undefined) return null;
      let left = code;
      for (const [what, instead] of CUTS[end] ?? []) {
        const before = left;
        left = left.replace(what, instead as string);
        if (left === before) throw new Error(`${path}: ${what.source} is not there to be cut out`);
      }
      return { code: left, map: null };
    },
    buildEnd(error) {
      if (error === undefined && missed.size > 0) throw new Error(`Nothing imports ${[...missed].join(', ')} any more`);
    },
  };
}
