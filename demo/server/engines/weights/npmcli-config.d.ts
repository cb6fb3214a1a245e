/** The part of `@npmcli/config` that is used here; the package carries no types. */

declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      readonly npmPath: string;
      readonly definitions: unknown;
      readonly shorthands: unknown;
      readonly flatten: unknown;
      readonly argv?: readonly string[];
      readonly env?: NodeJS.ProcessEnv;
      readonly warn?: boolean;
    });
    load(): Promise<void>;
    /** Options as pacote and npm-registry-fetch take them. */
    readonly flat: Readonly<Record<string, unknown>>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const settings: { readonly definitions: unknown; readonly shorthands: unknown; readonly flatten: unknown };
  export default settings;
}
