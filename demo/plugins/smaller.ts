import { transform } from 'lightningcss';
import { minify } from 'terser';
import type { Plugin } from 'vite';

/** What makes the embed build smaller where each byte is counted: style sheets without white space, and a second minifier. */

/** Style sheets in `css` literals are text to the bundler's own minifier. All of them are constant. */
export function minifiedStyles(): Plugin {
  return {
    name: 'minified-styles',
    transform: {
      filter: { id: /\/src\/elements\/.*\.ts$/, code: 'css`' },
      handler: (code, id) => ({
        code: code.replace(/\bcss`([^`]*)`/g, (_literal, sheet: string) => {
          if (sheet.includes('${')) throw new Error(`${id}: a style sheet that is put together cannot be minified`);
          const { code } = transform({ filename: id, code: Buffer.from(sheet), minify: true });
          return `css\`${code.toString().replaceAll('\\', '\\\\')}\``;
        }),
        map: null,
      }),
    },
  };
}

/**
 * A second minifier finds more after the bundler's own. What it may take for granted: no getter has side effects but Lit's accessors,
 * which are never read for nothing; built-in prototypes are as the language made them. What is left of line breaks stands in `html`
 * literals, where a space does as well.
 */
export function secondMinifier(): Plugin {
  return {
    name: 'second-minifier',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!file.fileName.endsWith('.js')) continue;
          // A table of words is one literal.
          if (file.type === 'chunk' && file.moduleIds.at(-1)?.endsWith('.json') === true) continue;
          const { code } = await minify(file.type === 'chunk' ? file.code : String(file.source), {
            module: true,
            ecma: 2020,
            compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
          });
          if (code === undefined) throw new Error(`${file.fileName} became nothing`);
          const tight = code.replace(/\n\s+/g, ' ');
          if (file.type === 'chunk') file.code = tight;
          else file.source = tight;
        }
      },
    },
  };
}
