/** Digits that are compared and never kept in the open: salted and hashed, as far as the page may hash. */
export class Secret {
  readonly #salt = crypto.getRandomValues(new Uint8Array(16));
  readonly #digest: Promise<string>;

  constructor(digits: string) {
    this.#digest = this.#hash(digits);
  }

  async is(digits: string): Promise<boolean> {
    return (await this.#hash(digits)) === (await this.#digest);
  }

  async #hash(digits: string): Promise<string> {
    // Absent on insecure pages, whatever TypeScript's DOM says; there it stays in this closure alone.
    const subtle = crypto.subtle as SubtleCrypto | undefined;
    if (subtle === undefined) return digits;
    const bytes = new Uint8Array([...this.#salt, ...new TextEncoder().encode(digits)]);
    return String(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  }
}
