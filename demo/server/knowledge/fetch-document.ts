import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { outsideLookup } from '../http/outside-url.ts';
import { isPrivateAddress } from './private-address.ts';

/** One document over HTTP, under limits of time, size, kind and (unless allowed) of address, checked on every hop when connecting. */

export interface FetchedDocument {
  /** After redirects. */
  readonly url: string;
  /** Lower case, without parameters. */
  readonly contentType: string;
  readonly text: string;
}

export interface FetchLimits {
  readonly allowPrivate: boolean;
  /** Bytes of the body as sent. */
  readonly maxBytes?: number;
  /** ms for everything, redirects included. */
  readonly timeoutMs?: number;
}

const MAX_REDIRECTS = 5;
const READABLE = /^(text\/(html|plain|markdown|xml)|application\/(xhtml\+xml|xml))$/;

/** Throws an Error that names the URL and what was wrong with it. */
export async function fetchDocument(url: string, limits: FetchLimits): Promise<FetchedDocument> {
  const signal = AbortSignal.timeout(limits.timeoutMs ?? 10_000);
  let at = new URL(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await open(at, limits.allowPrivate, signal);
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy();
      at = new URL(location, at);
      continue;
    }
    const contentType = (response.headers['content-type'] ?? 'text/html').split(';')[0]?.trim().toLowerCase() ?? '';
    if (status !== 200 || !READABLE.test(contentType)) {
      response.destroy();
      throw new Error(`${url} answered ${String(status)} ${contentType}`);
    }
    return { url: at.href, contentType, text: await readBody(response, url, limits.maxBytes ?? 2_000_000) };
  }
  throw new Error(`${url} redirects more than ${String(MAX_REDIRECTS)} times`);
}

function open(url: URL, allowPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return Promise.reject(new Error(`${url.href} is not http or https`));
  if (!allowPrivate && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 && isPrivateAddress(url.hostname)) {
    return Promise.reject(new Error(`${url.href} is a private address (ALLOW_PRIVATE_URLS=1 allows it)`));
  }
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = {
      signal,
      // Looked at again at the moment of connecting, so that a name cannot change its address in between.
      lookup: outsideLookup(url.href, allowPrivate),
      headers: { accept: 'text/html,text/markdown,text/plain', 'user-agent': 'viva-voce' },
    };
    send(url, options, resolve).once('error', reject).end();
  });
}

async function readBody(response: IncomingMessage, url: string, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      response.destroy();
      throw new Error(`${url} is larger than ${String(maxBytes)} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
