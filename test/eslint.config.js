import lit from 'eslint-plugin-lit';
import rxjs from 'eslint-plugin-rxjs-x';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** ESLint, typed: what the compiler lets through and a reviewer would not. */

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      'dist/**',
      '.cache/**',
      '.viva-voce/**',
      'test-results/**',
      'playwright-report/**',
      'test/fixtures/**',
      // Compiled as a guest compiles it, out of the packed tarball: the step “package”.
      'demo/apps/vue/**',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, rxjs.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // `== null` is how both absent values are met at once.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // There are no enums, and private fields tell classes apart; the two take a quarter of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Numbers read well in text; objects do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      // Types that a package does not ship stand in a .d.ts beside who uses it, and come along wherever that is compiled.
      '@typescript-eslint/triple-slash-reference': ['error', { path: 'always', types: 'never', lib: 'never' }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A Subject that is written from several private places is no cycle; `no-ignored-subscription` is checked by review (two calls).
      'rxjs-x/no-ignored-subscription': 'off',
    },
  },
  {
    files: ['src/elements/**/*.ts', 'test/browser/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended']],
  },
  {
    // Reading a typed array by index is never undefined inside its length; a check per sample would be paid 48 000 times a second.
    files: ['worklets/**/*.ts', 'src/audio/**/*.ts', 'src/pipelines/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // `for…of` allocates on the audio thread as soon as its call sites vary.
    files: ['worklets/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'ForOfStatement', message: 'Use an index loop on the audio thread.' }],
    },
  },
  {
    // The gateway's parts are objects of closures behind interfaces written as methods: taking one out loses no `this`.
    files: ['test/**/*.ts', 'demo/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
