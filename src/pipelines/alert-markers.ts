import type { AlertSeverity } from '../shared/stream-feed.ts';
import { severityRank, type Alert, type AlertStore } from './alert-store.ts';

/** Marks of alerts on a timeline: as many as can be told apart, however many alerts there are. */

export interface AlertMarker {
  /** 0–1 along the timeline. */
  readonly at: number;
  /** The worst of what is here. */
  readonly severity: AlertSeverity;
  readonly count: number;
  /** The worst, and of those the first. */
  readonly alert: Alert;
}

/** `places`: how many marks fit side by side. Muted labels have none. `along` gives 0–1 for a date, null outside the timeline. */
export function markersOn(
  store: AlertStore,
  startMs: number,
  endMs: number,
  places: number,
  along: (dateMs: number) => number | null,
): readonly AlertMarker[] {
  const markers = new Map<number, AlertMarker>();
  for (const alert of store.between(startMs - 1, endMs)) {
    if (store.isMuted(alert.label)) continue;
    const at = along(alert.startMs);
    if (at === null) continue;
    const place = Math.min(places - 1, Math.floor(at * places));
    const known = markers.get(place);
    if (known === undefined) markers.set(place, { at, severity: alert.severity, count: 1, alert });
    else if (severityRank(alert.severity) > severityRank(known.severity))
      markers.set(place, { at, severity: alert.severity, count: known.count + 1, alert });
    else markers.set(place, { ...known, count: known.count + 1 });
  }
  return [...markers.values()].sort((one, other) => one.at - other.at);
}
