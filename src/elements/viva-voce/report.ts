import type { Levels, Pictures } from '../../session/assistant.ts';
import type { Entry } from '../../session/state.ts';
import {
  VivaDeviceChangeEvent,
  VivaErrorEvent,
  VivaInterruptEvent,
  VivaMetricsEvent,
  VivaStateChangeEvent,
  VivaTranscriptEvent,
} from '../events.ts';
import { AssistantValue, SessionValue } from '../session-value.ts';
import type { VivaVoce } from './viva-voce.ts';

/** Tells the page by events and attributes what happens in a conversation. */

export const silence: Levels = { input: 0, output: 0 };
export const noPictures: Pictures = { camera: null, screen: null };

export function report(host: VivaVoce): void {
  new SessionValue(
    host,
    (state) => state.phase,
    (phase, previous) => {
      host.state = phase;
      host.dispatchEvent(new VivaStateChangeEvent(phase, previous));
    },
  );
  new SessionValue(
    host,
    (state) => state.transcript,
    (now, before) => {
      for (const entry of changedEntries(now, before)) host.dispatchEvent(new VivaTranscriptEvent(entry));
      for (const entry of newlyCut(now, before)) host.dispatchEvent(new VivaInterruptEvent(entry.id, entry.text));
    },
  );
  new SessionValue(
    host,
    (state) => state.latency,
    (latency) => {
      if (latency !== null) host.dispatchEvent(new VivaMetricsEvent(latency));
    },
  );
  for (const select of ['error', 'notice'] as const) {
    new SessionValue(
      host,
      (state) => state[select],
      (facts) => {
        if (facts !== null) host.dispatchEvent(new VivaErrorEvent(facts));
      },
    );
  }
  new SessionValue(
    host,
    (state) => state.muted,
    (muted) => {
      host.muted = muted;
    },
  );
  new AssistantValue(
    host,
    (assistant) => assistant.devices,
    (devices) => devices.list,
    { list: [], microphone: null, speaker: null, camera: null, granted: null, canChooseSpeaker: false },
    (list) => host.dispatchEvent(new VivaDeviceChangeEvent(list)),
  );
  new AssistantValue(
    host,
    (assistant) => assistant.pictures,
    (pictures) => pictures.camera !== null,
    noPictures,
    (on) => {
      host.cameraOn = on;
    },
  );
  new AssistantValue(
    host,
    (assistant) => assistant.pictures,
    (pictures) => pictures.screen !== null,
    noPictures,
    (on) => {
      host.screenOn = on;
    },
  );
}

/** Entries that are new or not the same object as before. */
export function changedEntries(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const known = new Set(before);
  return now.filter((entry) => !known.has(entry));
}

/** Answers that were not cut before and are now. */
export function newlyCut(now: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  const cut = new Set(before.filter((entry) => entry.status === 'interrupted').map((entry) => entry.id));
  return now.filter((entry) => entry.status === 'interrupted' && !cut.has(entry.id));
}
