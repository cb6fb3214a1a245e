import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isLoopbackHost } from '../auth.ts';
import type { Config } from '../config.ts';
import { isPrivateAddress } from '../knowledge/private-address.ts';

/** Which URLs that strangers name may be called from here: looked at when they are named, and again at the moment of connecting. */

/** A URL that this gateway may not call: its scheme, or the address that its host has. */
export class UrlRefusedError extends Error {
  override readonly name = 'UrlRefusedError';
  /** The field it stood in, e.g. `callback_url`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** All addresses of a name, as the system knows them; tests give their own. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[] | undefined) => void,
) => void;

export interface OutsideUrlOptions {
  /** See `privateUrlsAllowed`. */
  readonly allowPrivate: boolean;
  /** Without the colon, e.g. `['http', 'https']`. */
  readonly schemes: readonly string[];
  readonly resolve?: Resolve;
}

const systemResolve: Resolve = (hostname, done) => lookup(hostname, { all: true }, done);
/** A name server that is slow must not hold up who names a URL; connecting looks again anyway. */
const RESOLVE_MS = 2000;
const CONTROLS = /[\u0000-\u001f\u007f]/;
const HINT = 'ALLOW_PRIVATE_URLS=1 allows it';

/** Private and loopback addresses are the operator's own while only this machine can ask. */
export const privateUrlsAllowed = ({ host, allowPrivateUrls }: Pick<Config, 'host' | 'allowPrivateUrls'>): boolean =>
  allowPrivateUrls || isLoopbackHost(host);

/**
 * The URL, parsed. Throws `UrlRefusedError` for one that is none, has another scheme, or (unless allowed) a private address or a name that
 * has one now. A name that does not resolve passes: its server may be up later, and nothing connects without `outsideLookup`.
 */
export async function checkOutsideUrl(field: string, url: string, options: OutsideUrlOptions): Promise<URL> {
  const { allowPrivate, schemes, resolve = systemResolve } = options;
  // The parser leaves some of them out, and whoever is given the text would read another address than was checked.
  if (CONTROLS.test(url)) throw new UrlRefusedError(field, `${field}: has characters that nobody sees`);
  if (!URL.canParse(url)) throw new UrlRefusedError(field, `${field}: not a URL`);
  const parsed = new URL(url);
  const scheme = parsed.protocol.slice(0, -1);
  if (!schemes.some((allowed) => allowed.replace(/:$/, '') === scheme)) {
    throw new UrlRefusedError(field, `${field}: ${scheme} is not taken here, only ${schemes.join(', ')}`);
  }
  if (scheme === 'file' || allowPrivate) return parsed;
  const host = plainHost(parsed);
  if (host === '') throw new UrlRefusedError(field, `${field}: names no host`);
  if (await isPrivateHost(host, resolve)) throw new UrlRefusedError(field, `${field}: ${host} is a private address (${HINT})`);
  return parsed;
}

/** Its host as HTTP understands it: `rtsp://0x7f.1` is 127.0.0.1 too, which the URL parser knows for some schemes only. */
export function plainHost(url: URL): string {
  const http = `http://${url.hostname}`;
  const host = URL.canParse(http) ? new URL(http).hostname : url.hostname;
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isPrivateHost(host: string, resolve: Resolve): Promise<boolean> | boolean {
  if (isIP(host) !== 0) return isPrivateAddress(host);
  if (/(^|\.)localhost$/i.test(host)) return true;
  return new Promise((settle) => {
    const late = setTimeout(() => settle(false), RESOLVE_MS);
    resolve(host, (_error, addresses) => {
      clearTimeout(late);
      settle((addresses ?? []).some(({ address }) => isPrivateAddress(address)));
    });
  });
}

/**
 * For the `lookup` of a socket: a name that has a private address at the moment of connecting is refused with `UrlRefusedError`, so that it
 * cannot change after it was checked. Undefined = everything may be reached. Addresses are not looked up: check those before.
 */
export function outsideLookup(
  field: string,
  allowPrivate: boolean,
  resolve: Resolve = systemResolve,
): LookupFunction | undefined {
  if (allowPrivate) return undefined;
  return (hostname, options, callback) => {
    resolve(hostname, (error, found) => {
      const family = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : options.family;
      const addresses = (found ?? []).filter((address) => !family || address.family === family);
      const first = addresses[0];
      if (error !== null) callback(error, '');
      else if (addresses.some(({ address }) => isPrivateAddress(address)))
        callback(new UrlRefusedError(field, `${field}: ${hostname} is a private address (${HINT})`), '');
      else if (first === undefined) callback(new Error(`${hostname} has no address`), '');
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * The address to connect to in place of the name, for programs that look names up themselves (ffmpeg) and protocols that do not need the
 * name; the URL itself where private addresses are allowed. Throws as `checkOutsideUrl`, and an Error when the name has no address.
 */
export async function pinnedUrl(field: string, url: string, options: OutsideUrlOptions): Promise<string> {
  const parsed = await checkOutsideUrl(field, url, options);
  const host = plainHost(parsed);
  if (options.allowPrivate || parsed.protocol === 'file:' || isIP(host) !== 0) return url;
  const lookUp = outsideLookup(field, false, options.resolve);
  const [address, family] = await new Promise<[string, number]>((done, fail) => {
    lookUp?.(host, {}, (error, found, kind) =>
      error === null ? done([typeof found === 'string' ? found : host, kind ?? 4]) : fail(error),
    );
  });
  const at = url.replace(/^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?)[^/?#:]+/i, `$1${family === 6 ? `[${address}]` : address}`);
  return at;
}
