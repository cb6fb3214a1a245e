import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AuthError } from './auth.ts';

/** `AUTH_HOOK_URL`: the operator decides who gets a credential, by the page's own cookies. Answers are kept for a moment. */

const TIMEOUT_MS = 3000;
const KEEP_MS = 5000;
const MAX_KEPT = 1000;

export interface HookQuestion {
  readonly for: string;
  readonly origin: string | null;
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** For rooms: which one, and whether to publish in it. */
  readonly room?: { readonly name: string; readonly publish: boolean };
}

const answerSchema = z.looseObject({ session: z.record(z.string(), z.unknown()).optional() }).catch({});

/** A session to attach to the credential, or null. Throws `AuthError` when the operator refuses or cannot be asked. */
export type AuthHook = (question: HookQuestion) => Promise<Readonly<Record<string, unknown>> | null>;

export function createAuthHook(url: string | null): AuthHook {
  if (url === null) return () => Promise.resolve(null);
  const kept = new Map<string, { readonly at: number; readonly answer: ReturnType<AuthHook> }>();

  const ask = async (question: HookQuestion): Promise<Readonly<Record<string, unknown>> | null> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(question.cookie === undefined ? {} : { cookie: question.cookie }),
        ...(question.authorization === undefined ? {} : { authorization: question.authorization }),
      },
      body: JSON.stringify({ for: question.for, origin: question.origin, room: question.room }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    }).catch((cause: unknown) => {
      throw new AuthError(503, 'auth_hook_unavailable', `The site's own check could not be asked: ${reason(cause)}.`);
    });
    if (response.status === 401 || response.status === 403) {
      throw new AuthError(response.status, 'refused_by_site', "The site's own check refused.");
    }
    if (!response.ok) throw new AuthError(503, 'auth_hook_unavailable', `The site's own check answered ${response.status}.`);
    const text = await response.text();
    return answerSchema.parse(text.trimStart().startsWith('{') ? parse(text) : {}).session ?? null;
  };

  return (question) => {
    const id = createHash('sha256').update(JSON.stringify(question)).digest('base64');
    const now = Date.now();
    const known = kept.get(id);
    if (known !== undefined && now - known.at < KEEP_MS) return known.answer;
    const answer = ask(question);
    for (const [old, { at }] of kept) if (now - at >= KEEP_MS || kept.size >= MAX_KEPT) kept.delete(old);
    kept.set(id, { at: now, answer });
    // A refusal is an answer; a failure is none.
    answer.catch((cause: unknown) => {
      if (!(cause instanceof AuthError) || cause.status === 503) kept.delete(id);
    });
    return answer;
  };
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.name : 'unknown error');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AuthError(503, 'auth_hook_unavailable', "The site's own check answered something that is not JSON.");
  }
}
