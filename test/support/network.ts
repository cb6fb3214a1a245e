import type { BrowserContext, Request } from '@playwright/test';

/** Everything a browser asked for, workers included, and what of it went to a stranger. */
export class Network {
  readonly urls: string[] = [];

  constructor(context: BrowserContext) {
    context.on('request', (request: Request) => this.urls.push(request.url()));
  }

  /** Requests to another host than those allowed; `data:` and `blob:` count, as nothing of ours may need them. */
  strangers(allowed: readonly string[]): readonly string[] {
    const origins = new Set(allowed.map((url) => new URL(url).origin));
    return this.urls.filter((url) => !origins.has(new URL(url).origin.replace(/^ws/, 'http')));
  }

  scripts(): readonly string[] {
    return this.urls.filter((url) => new URL(url).pathname.endsWith('.js'));
  }
}
