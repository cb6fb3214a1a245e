import type { Rule } from './rule.ts';

/** Mail and web addresses, as people read them out. */

const HOST = String.raw`((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|app|ai|edu|gov|info|shop|example|test|uk|de|es|fr|eu|us|co|it|nl|ca|au))`;
function address(host: string, path = ''): string {
  const spoken = `${host}${path.replace(/[?#].*$/, '').replace(/\/$/, '')}`;
  return spoken.replace(/\./g, ' dot ').replace(/\//g, ' slash ').replace(/[-_]+/g, ' ');
}

export const ADDRESSES: readonly Rule[] = [
  [/\b(?:mailto:)?([\w.+-]+)@((?:[\w-]+\.)+[a-z]{2,})\b/gi, (_, user = '', host = '') => `${address(user)} at ${address(host)}`],
  [
    /\bhttps?:\/\/(?:www\.)?([\w.-]+(?::\d+)?)((?:\/[^\s)\]>"']*[^\s)\]>"'.,;:!?])?\/?)/gi,
    (_, host = '', path = '') => address(host, path),
  ],
  [new RegExp(String.raw`\b(?:www\.)?${HOST}\b(\/[\w/.-]*\w)?`, 'gi'), (_, host = '', path = '') => address(host, path)],
];
