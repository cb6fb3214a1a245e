import type { StreamAlert, StreamCaption, StreamFeedEvent, StreamScene } from '../../shared/stream-feed.ts';
import type { SceneIndexFacts } from './codec-streams.ts';
import type { AlertHit, Scene, TranscriptLine } from './codec-told.ts';
import type { AlertFrame, SceneFrame, StreamStatusFrame, TranscriptFrame } from './codec.ts';

/** What is told of a stream, from storage and live, each thing once and under one id whichever way it came first. */

/** Things of each kind whose ids are remembered; days of live play must not grow. */
const REMEMBERED = 5_000;
/** The same line from storage and from the socket may differ by rounding, ms. */
const SAME_MS = 20;

/** A map that forgets what was put in first. */
class Recent<K, V> {
  readonly #entries = new Map<K, V>();

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > REMEMBERED && oldest !== undefined) this.#entries.delete(oldest);
  }
}

/** What was told of a line last. */
interface Told {
  readonly text: string;
  readonly final: boolean;
  readonly startMs: number;
  readonly translations: Map<string, string>;
}

export class FeedState {
  readonly #now: () => number;
  readonly #lines = new Recent<string, Told>();
  /** Start of a line → its id; for lines that storage does not name. */
  readonly #starts = new Recent<number, string>();
  readonly #scenes = new Recent<string, true>();
  readonly #alerts = new Recent<string, true>();
  readonly #indexNames = new Map<string, string>();
  #state = '';

  constructor(now: () => number) {
    this.#now = now;
  }

  nameIndex({ id, name }: Pick<SceneIndexFacts, 'id' | 'name'>): void {
    if (name !== '') this.#indexNames.set(id, name);
  }

  transcript(frame: TranscriptFrame): readonly StreamFeedEvent[] {
    const startMs = frame.startMs ?? frame.serverNowMs ?? this.#now();
    const id = this.#lineId(frame.id, startMs);
    const caption: StreamCaption = {
      type: 'caption',
      id,
      text: frame.text,
      final: frame.final,
      language: frame.language ?? 'und',
      startMs,
      endMs: Math.max(startMs, frame.endMs ?? startMs),
    };
    return this.#line(caption, frame.translations);
  }

  storedLine(line: TranscriptLine, offsetMs = 0): readonly StreamFeedEvent[] {
    const startMs = line.startMs + offsetMs;
    const id = this.#lineId(line.id, startMs);
    const { text, language } = line;
    const caption: StreamCaption = {
      type: 'caption',
      id,
      text,
      final: true,
      language: language ?? 'und',
      startMs,
      endMs: line.endMs + offsetMs,
    };
    return this.#line(caption, line.translations);
  }

  #lineId(id: string | null, startMs: number): string {
    if (id !== null && this.#lines.get(id) !== undefined) return id;
    for (const slot of slots(startMs)) {
      const known = this.#starts.get(slot);
      const told = known === undefined ? undefined : this.#lines.get(known);
      if (known !== undefined && told !== undefined && Math.abs(told.startMs - startMs) <= SAME_MS) return known;
    }
    return id ?? `line-${startMs}`;
  }

  #line(caption: StreamCaption, translations: Readonly<Record<string, string>>): readonly StreamFeedEvent[] {
    const { id, text, final, startMs } = caption;
    const before = this.#lines.get(id);
    const known = before?.translations ?? new Map<string, string>();
    const events: StreamFeedEvent[] = [];
    // What is whole does not grow again: an interim that comes late is old.
    const news = before === undefined || (before.final ? final && before.text !== text : before.text !== text || final);
    if (news) {
      events.push(caption);
      this.#lines.set(id, { text, final, startMs, translations: known });
      this.#starts.set(slotOf(startMs), id);
    }
    for (const [language, told] of Object.entries(translations)) {
      if (told === '' || known.get(language) === told) continue;
      known.set(language, told);
      events.push({ type: 'caption-translation', id, language, text: told });
    }
    return events;
  }

  scene(frame: SceneFrame): readonly StreamFeedEvent[] {
    const startMs = frame.startMs ?? frame.serverNowMs ?? this.#now();
    const { id, indexId, kind, text } = frame;
    return this.#scene({ id, indexId: indexId ?? kind, kind, text, startMs, endMs: frame.endMs ?? startMs });
  }

  storedScene(scene: Scene, { id, kind }: Pick<SceneIndexFacts, 'id' | 'kind'>, offsetMs = 0): readonly StreamFeedEvent[] {
    const { text, startMs, endMs } = scene;
    return this.#scene({ id: scene.id, indexId: id, kind, text, startMs: startMs + offsetMs, endMs: endMs + offsetMs });
  }

  #scene(
    told: Omit<StreamScene, 'type' | 'id' | 'index'> & { readonly id: string | null; readonly indexId: string },
  ): readonly StreamFeedEvent[] {
    const { indexId, kind, text, startMs, endMs } = told;
    const id = `${indexId}-${told.id ?? startMs}`;
    if (this.#scenes.get(id) !== undefined) return [];
    this.#scenes.set(id, true);
    const index = this.#indexNames.get(indexId) ?? indexId;
    return [{ type: 'scene', id, kind, index, text, startMs, endMs: Math.max(startMs, endMs) }];
  }

  alert(frame: AlertFrame): readonly StreamFeedEvent[] {
    const startMs = frame.startMs ?? frame.serverNowMs ?? this.#now();
    const { label, text, severity, confidence } = frame;
    const endMs = frame.endMs ?? startMs;
    return this.#alert({ id: frame.id ?? `${label}-${startMs}`, label, text, severity, confidence, startMs, endMs });
  }

  storedAlert(hit: AlertHit): readonly StreamFeedEvent[] {
    const { id, label, text, severity, confidence, startMs, endMs } = hit;
    return this.#alert({ id, label, text, severity, confidence, startMs, endMs });
  }

  #alert(alert: Omit<StreamAlert, 'type' | 'arrivedMs'>): readonly StreamFeedEvent[] {
    if (this.#alerts.get(alert.id) !== undefined) return [];
    this.#alerts.set(alert.id, true);
    return [{ type: 'alert', ...alert, endMs: Math.max(alert.startMs, alert.endMs), arrivedMs: this.#now() }];
  }

  status({ state, message }: Pick<StreamStatusFrame, 'state' | 'message'>): readonly StreamFeedEvent[] {
    const now = `${state} ${message ?? ''}`;
    if (now === this.#state) return [];
    this.#state = now;
    return [{ type: 'status', state, message }];
  }
}

const slotOf = (startMs: number): number => Math.floor(startMs / SAME_MS);
/** Where a time within `SAME_MS` may stand. */
const slots = (startMs: number): readonly number[] => [slotOf(startMs), slotOf(startMs) - 1, slotOf(startMs) + 1];
