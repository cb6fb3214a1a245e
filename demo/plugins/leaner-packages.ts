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
  // Stand-ins for the clock, for tests.
  'rxjs/dist/esm/internal/scheduler/intervalProvider.js': `
    export const intervalProvider = {
      setInterval: (...call) => setInterval(...call),
      clearInterval: (id) => clearInterval(id),
    };`,
  'rxjs/dist/esm/internal/scheduler/timeoutProvider.js': `
    export const timeoutProvider = { setTimeout: (...call) => setTimeout(...call), clearTimeout: (id) => clearTimeout(id) };`,
  'rxjs/dist/esm/internal/scheduler/dateTimestampProvider.js': `export const dateTimestampProvider = Date;`,
  // Errors that can say which they are without being spelled out for ES5.
  'rxjs/dist/esm/internal/util/UnsubscriptionError.js': `
    export class UnsubscriptionError extends Error {
      name = 'UnsubscriptionError';
      constructor(errors) {
        super(errors.join());
        this.errors = errors;
      }
    }`,
  'rxjs/dist/esm/internal/util/throwUnobservableError.js': `
    export const createInvalidObservableTypeError = (input) => new TypeError(\`No Observable: \${input}\`);`,
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
      const part = Object.keys(PARTS).find((end) => path.endsWith(`/node_modules/${end}`));
      if (part === undefined) return null;
      missed.delete(part);
      return PARTS[part];
    },
    buildEnd(error) {
      if (error === undefined && missed.size > 0) throw new Error(`Nothing imports ${[...missed].join(', ')} any more`);
    },
  };
}
