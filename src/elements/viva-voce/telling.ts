import { idle, type SessionState } from '../../session/state.ts';
import { VivaErrorEvent } from '../events.ts';
import { AssistantValue, noPictures, SessionValue } from '../session-value.ts';
import { VivaInterruptEvent, VivaMessageEvent, VivaPermissionEvent, VivaTranscriptEvent } from '../told-events.ts';
import '../words/define.ts';
import { changedEntries, newlyCut, newlyWhole } from './changed-entries.ts';
import type { Launcher } from './launcher.ts';

/** Tells the page what is said in a conversation and what its visitor allows; fetched, and told at once, with the first of it. */

const told = new WeakSet<Launcher>();

/** From now on; `cause` is an error that the page was told of: called with each, also with those that came while this was on its way. */
export function tell(host: Launcher, cause?: Event): void {
  if (cause instanceof VivaErrorEvent) {
    denied(host, cause);
    import('./mistakes.ts').then(({ warn }) => warn(host, cause)).catch(reportError);
  }
  if (told.has(host)) return;
  told.add(host);
  new SessionValue(
    host,
    (state) => state,
    (now, before) => {
      words(host, now, before);
      microphone(host, now, before);
    },
  );
  for (const device of ['camera', 'screen'] as const) {
    new AssistantValue(
      host,
      (assistant) => assistant.pictures,
      (pictures) => pictures[device] !== null,
      noPictures,
      (on) => on && host.dispatchEvent(new VivaPermissionEvent(device, 'granted')),
    );
  }
}

function words(host: Launcher, { transcript }: SessionState, { transcript: before }: SessionState): void {
  if (transcript === before) return;
  for (const entry of changedEntries(transcript, before)) host.dispatchEvent(new VivaTranscriptEvent(entry));
  for (const entry of newlyCut(transcript, before)) host.dispatchEvent(new VivaInterruptEvent(entry.id, entry.text));
  for (const entry of newlyWhole(transcript, before)) host.dispatchEvent(new VivaMessageEvent(entry));
}

const open = (state: SessionState): boolean => state.microphone === 'live' || state.microphone === 'muted';

function microphone(host: Launcher, now: SessionState, before: SessionState): void {
  const asked = now.microphone === 'asking' && before.microphone !== 'asking';
  const granted = open(now) && (before === idle || !open(before)) && before.microphone !== 'lost';
  if (asked) host.dispatchEvent(new VivaPermissionEvent('microphone', 'asking'));
  if (granted) host.dispatchEvent(new VivaPermissionEvent('microphone', 'granted'));
}

function denied(host: Launcher, { code }: VivaErrorEvent): void {
  const device = (['microphone', 'camera', 'screen'] as const).find((each) => code === `${each}-denied`);
  if (device !== undefined) host.dispatchEvent(new VivaPermissionEvent(device, 'denied'));
}
