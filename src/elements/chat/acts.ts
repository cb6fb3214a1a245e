import { captionFormats, captionMimeTypes, type CaptionFormat } from '../../pipelines/caption-export.ts';
import { AssistantError } from '../../shared/errors.ts';
import { saveFile } from '../tasks/saved-file.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { wordStrings } from '../words/word-strings.ts';
import { Carried } from './carried.ts';
import { DEVICES_KEY } from '../devices/kept-devices.ts';
import { CONSENT_KEY, CONVERSATION_KEY, remove } from './storage.ts';
import { transcriptFile, transcriptName } from './transcript-file.ts';

/** What can be done with a conversation that was had: saved as a file, and deleted. */

export type { CaptionFormat as TranscriptFormat } from '../../pipelines/caption-export.ts';

/** Hands the conversation to the reader as a file. Throws `bad-option` with field `format` for any other format. */
export function download(host: Launcher, format: CaptionFormat = 'txt'): void {
  if (!captionFormats.includes(format))
    throw new AssistantError('bad-option', `format: “${format}” is none of ${captionFormats.join(', ')}`, {
      field: 'format',
    });
  const { you, ...words } = { ...wordStrings, ...host.words };
  const text = transcriptFile(Carried.of(host).entries, format, { ...words, user: you });
  saveFile(transcriptName(new Date(), format), text, captionMimeTypes[format]);
}

/** Ends the conversation and deletes it from the page and the browser; unless it is to be `what` alone, also what was agreed to. */
export async function forget(host: Launcher, what?: 'conversation'): Promise<void> {
  const all = what === undefined;
  remove(host.resumeKey ?? CONVERSATION_KEY);
  if (all) [host.consentKey ?? CONSENT_KEY, DEVICES_KEY].forEach(remove);
  Carried.of(host).forget(all);
  if (host.assistant === null) return;
  if (host.given) await host.assistant.stop();
  else host.own((await import('../viva-voce/parts.ts')).hosted(host));
}
