import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { LivestreamError, refused } from './livestream-error.ts';
import { IMAGE_BYTES } from './cover-image.ts';

/** The form that a task is created by, read part by part; whoever sends more than it can hold is refused before it is read. */

export interface CreateForm {
  /** By name; of a name that comes twice the last. */
  readonly fields: Readonly<Record<string, string>>;
  /** Null: none was sent. */
  readonly image: Buffer | null;
}

const FIELD_BYTES = 64 * 1024;
const MOST_FIELDS = 20;
/** All of it, with what stands between its parts. */
export const FORM_BYTES = IMAGE_BYTES + MOST_FIELDS * FIELD_BYTES;
const IMAGE = 'image';

export const FORM_LIMITS = {
  fileSize: IMAGE_BYTES,
  files: 1,
  fieldSize: FIELD_BYTES,
  fieldNameSize: 100,
  fields: MOST_FIELDS,
  parts: MOST_FIELDS + 1,
  headerPairs: 20,
};

/** Throws `LivestreamError` 413, 415 or 422, and what Fastify says of limits. */
export async function readForm(request: FastifyRequest): Promise<CreateForm> {
  if (!request.isMultipart())
    throw new LivestreamError(415, 'unsupported_media_type', 'The body must be multipart/form-data.', null);
  let stop: (cause: Error) => void = () => undefined;
  const tooMuch = new Promise<never>((_resolve, reject) => (stop = reject));
  const counted = countBytes(request, () => stop(new LivestreamError(413, 'request_too_large', 'The request is too large.')));
  try {
    return await Promise.race([readParts(request), tooMuch]);
  } catch (cause) {
    if (cause instanceof LivestreamError || (cause instanceof Error && 'statusCode' in cause)) throw cause;
    throw new LivestreamError(422, 'invalid_body', 'The form is not usable.', 'body');
  } finally {
    counted();
  }
}

async function readParts(request: FastifyRequest): Promise<CreateForm> {
  const fields: Record<string, string> = {};
  let image: Buffer | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'file') image = (await readFile(part)) ?? image;
    else fields[part.fieldname] = fieldOf(part);
  }
  return { fields, image };
}

/** Browsers send an empty file where none was chosen. */
async function readFile(part: MultipartFile): Promise<Buffer | null> {
  if (part.fieldname !== IMAGE) throw refused(part.fieldname.slice(0, 100), 'takes no file');
  const bytes = await part.toBuffer();
  return bytes.byteLength === 0 ? null : bytes;
}

function fieldOf({ fieldname, value, valueTruncated }: MultipartValue): string {
  if (valueTruncated) throw new LivestreamError(413, 'field_too_large', `${fieldname}: is too long`, fieldname);
  if (fieldname === IMAGE) {
    if (value === '') return '';
    throw refused(IMAGE, 'must be a file');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A form may say nothing of its length, and its parts may never end. Returns how to stop counting. */
function countBytes({ raw }: FastifyRequest, tooMany: () => void): () => void {
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.byteLength;
    if (bytes <= FORM_BYTES) return;
    raw.off('data', count);
    tooMany();
  };
  // Nothing may flow before the parser is there, which a listener for data would begin.
  queueMicrotask(() => raw.on('data', count));
  return () => raw.off('data', count);
}
