import { captionFormats, captionMimeTypes, type CaptionFormat } from '../../pipelines/caption-export.ts';
import { AssistantError } from '../../shared/errors.ts';
import { saveFile } from '../tasks/saved-file.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { wordStrings } from '../words/word-strings.ts';
import { Carried } from './carried.ts';
import { DEVICES_KEY } from '../devices/kept-devices.ts';
import { VivaResetEvent } from '../kiosk/kiosk-events.ts';
import { CONSENT_KEY, CONVERSATION_KEY, DISMISSED_KEY, remove } from './storage.ts';
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
  if (all) [host.consentKey ?? CONSENT_KEY, DEVICES_KEY, DISMISSED_KEY].forEach(remove);
  Carried.of(host).forget(all);
  if (host.assistant === null) return;
  if (host.given) await host.assistant.stop();
  else host.own((await import('../viva-voce/parts.ts')).hosted(host));
}

/**
 * Ends the conversation and takes down the panel with all that is said, written and chosen in it; what was agreed to stays. An open panel
 * is there again, as at first, and whoever was in it is in the new one.
 */
export async function reset(host: Launcher): Promise<void> {
  const { assistant, given } = host;
  const inside = host.shadowRoot?.querySelector('viva-panel:focus-within') != null;
  remove(host.resumeKey ?? CONVERSATION_KEY);
  Carried.of(host).forget(false);
  await host.stop();
  host.assistant?.stopCamera();
  host.assistant?.stopScreen();
  Object.assign(host, { muted: false, cameraOn: false, screenOn: false });
  if (assistant !== null) {
    host.assistant = null;
    if (host.isConnected) await host.updateComplete;
    const { hosted } = await import('../viva-voce/parts.ts');
    // Whoever gave another one meanwhile wants that.
    if (given && !host.given) host.assistant = assistant;
    else if (!given && host.isConnected && !host.given) host.own(hosted(host));
  }
  host.dispatchEvent(new VivaResetEvent('page'));
  if (!inside || !host.isConnected) return;
  await host.updateComplete;
  host.renderRoot.querySelector('viva-panel')?.focus();
}
