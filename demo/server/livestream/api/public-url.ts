import { safeUrl } from '../../media/ffmpeg/redact.ts';

/** A task's URL for everybody: a page can still be opened, and nobody gets in with it. Pure. */

const SECRET_NAME = /token|key|sig|auth|secret|pass|pwd|credential/i;

export function publicUrl(text: string): string {
  if (!URL.canParse(text)) return '';
  const url = new URL(text);
  // Where files of this machine lie is nobody's business.
  if (url.protocol === 'file:') return `file:///${url.pathname.split('/').at(-1) ?? ''}`;
  if (!/^https?:$/.test(url.protocol)) return safeUrl(text);
  const secret = [...url.searchParams.keys()].filter((name) => SECRET_NAME.test(name));
  if (url.username === '' && url.password === '' && secret.length === 0) return text;
  url.username = '';
  url.password = '';
  for (const name of secret) url.searchParams.delete(name);
  return url.href;
}
