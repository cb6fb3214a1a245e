/** Paths as the SDKs write them (spec §1): a base URL with a slash at its end doubles slashes, and the OpenAPI document ends paths with one. */

/** True for the paths of this API at both of its places. */
export const RTSTREAM_PATH =
  /^\/+(videodb\/+)?(((rtstream|collection|video|compile|download|async-response)|capture\/+session)(\/|\?|$)|openapi\.json|api-docs(\/|\?|$))/;

/** For Fastify's `rewriteUrl`: one slash where there were many, none at the end; other paths as they are. A redirect would turn a POST into a GET. */
export function plainPath(url: string): string {
  if (!RTSTREAM_PATH.test(url)) return url;
  const [path = '/', ...query] = url.split('?');
  const plain = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return [plain, ...query].join('?');
}
