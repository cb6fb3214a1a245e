import { AssistantError } from '../../shared/errors.ts';

/** New tasks as the service takes them: a form with the cover as a file, or JSON with it as a data URL. */

export interface CreateTask {
  /** What is watched: http, https, rtmp, rtmps, rtsp, rtsps. */
  readonly url: string;
  readonly name: string;
  /** When the broadcast is to begin, Unix ms. */
  readonly startMs: number;
  readonly entity?: string | null | undefined;
  /** Name of a prompt; default: the standard one. */
  readonly prompt?: string | null | undefined;
  /** PNG, JPEG, WebP, GIF or AVIF of at most 5 MiB. */
  readonly image?: Blob | null | undefined;
}

export interface PastTask {
  readonly url: string;
  readonly name: string;
  /** Unix ms */
  readonly startMs: number;
  /** Markdown */
  readonly report: string;
  /** Default: the name. */
  readonly hostName?: string | null | undefined;
  readonly entity?: string | null | undefined;
  readonly image?: Blob | null | undefined;
}

/** Throws `bad-option` that names the field. */
export function createForm({ url, name, startMs, entity, prompt, image }: CreateTask): FormData {
  const form = new FormData();
  form.set('url', url);
  form.set('livestream_name', name);
  form.set('start_time', isoTime(startMs));
  if (entity != null && entity !== '') form.set('entity', entity);
  if (prompt != null && prompt !== '') form.set('prompt_file', prompt);
  if (image != null) form.set('image', image, 'cover');
  return form;
}

/** Rejects with `bad-option` that names the field. */
export async function pastTaskBody({ url, name, startMs, report, hostName, entity, image }: PastTask): Promise<unknown> {
  const about = { url, livestream_name: name, start_time: isoTime(startMs), summary_report: report };
  return {
    ...about,
    ...(hostName != null && hostName !== '' ? { host_name: hostName } : {}),
    ...(entity != null && entity !== '' ? { entity } : {}),
    ...(image == null ? {} : { livestream_image: await dataUrl(image) }),
  };
}

function isoTime(ms: number): string {
  const at = new Date(ms);
  if (Number.isNaN(at.getTime())) throw new AssistantError('bad-option', 'startMs: not a time', { field: 'startMs' });
  return at.toISOString().replace('.000Z', 'Z');
}

/** Bytes at once: arguments of a call are limited. Divisible by 3, so that no padding comes between. */
const CHUNK = 3 * 8192;

async function dataUrl(image: Blob): Promise<string> {
  const bytes = new Uint8Array(await image.arrayBuffer());
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(from, from + CHUNK))));
  return `data:${image.type};base64,${parts.join('')}`;
}
