import { z } from 'zod';

/** Every answer is an object that says `success` (spec §1): Python refuses anything else. */

const envelope = <T extends z.ZodType>(data: T) => z.object({ success: z.literal(true), message: z.string().optional(), data });

export const ok = <T>(data: T, message?: string): { success: true; message?: string; data: T } => ({
  success: true,
  ...(message === undefined ? {} : { message }),
  data,
});

export const refusalSchema = z
  .object({
    success: z.literal(false),
    message: z.string().describe('What is wrong, for people'),
    error_code: z.string().describe('The same, for programs'),
    field: z.string().nullable().describe('Which field it is about'),
  })
  .describe('A refusal');

/** Told while a long call is under way; clients ask `output_url` again (spec §1). */
export const processingSchema = z
  .object({
    success: z.literal(true),
    status: z.literal('processing'),
    request_type: z.literal('sync'),
    data: z.object({ id: z.string(), output_url: z.string(), kind: z.string(), percentage: z.number() }),
  })
  .describe('It takes longer: its outcome is at output_url');

const errors = { '4xx': refusalSchema, '5xx': refusalSchema };

/** Answers of a route, for the document and the serializer. */
export const answers = <T extends z.ZodType>(data: T) => ({ 200: envelope(data), ...errors });
export const created = <T extends z.ZodType>(data: T) => ({ 201: envelope(data), ...errors });
export const answersLater = <T extends z.ZodType>(data: T) => ({ 200: z.union([processingSchema, envelope(data)]), ...errors });

/** What a call without a result answers. */
export const nothing = z.object({}).describe('Nothing to tell');
