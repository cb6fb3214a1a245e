import type { Talk } from './talk.ts';
import { created, delta, started, stopped, committed } from './talk.ts';

/** A small realtime server as the protocol describes it, with both directions of the wire as queues that a test drains at will. */
export interface ModelServer {
  /** Orders that no server could obey. */
  readonly faults: string[];
  readonly active: string | null;
  readonly interrupts: boolean;
  readonly answersItself: boolean;
  /** ms of the item's sound that the server has in the conversation. */
  lengthOf(item: string): number;
  /** Answers to the creates that are sent by now must not be heard: their ids go into `cut` when they are made. */
  forbid(cut: Set<string>): void;
  /** The active answer grows by `ms` of sound. */
  generate(ms: number): void;
  /** The active answer is complete. */
  finish(): void;
  /** The next `n` server events reach the client. */
  arrive(n: number): void;
  /** The next `n` client events reach the server. */
  reach(n: number): void;
  /** The user begins, and stops, speaking. */
  speak(): void;
  hush(): void;
}

export function modelServer(client: Talk, turnDetection: object | null): ModelServer {
  const rules = (turnDetection ?? {}) as { interrupt_response?: boolean; create_response?: boolean };
  const down: object[] = [];
  const faults: string[] = [];
  const lengths = new Map<string, number>();
  const cuts = new Set<string>();
  let read = 0;
  let serial = 0;
  let forbidden: { before: number; cut: Set<string> } | null = null;
  let active: { id: string; item: string } | null = null;
  let speech: string | null = null;

  const begin = (metadata: unknown): string => {
    serial += 1;
    active = { id: `r${serial}`, item: `a${serial}` };
    down.push(created(active.id, { metadata }));
    return active.id;
  };
  const end = (status: string): void => {
    if (!active) return;
    const place = { response_id: active.id, item_id: active.item, content_index: 0 };
    if (lengths.has(active.item)) down.push({ type: 'response.output_audio.done', ...place });
    down.push({ type: 'response.done', response: { id: active.id, status, output: [] } });
    active = null;
  };
  const refuse = (message: Record<string, unknown>, code: string): void => {
    down.push({ type: 'error', error: { type: 'invalid_request_error', code, message: code, event_id: message['event_id'] } });
  };

  function obey(message: Record<string, unknown>): void {
    const item = String(message['item_id']);
    switch (message['type']) {
      case 'response.create':
        if (active) refuse(message, 'conversation_already_has_active_response');
        else {
          const id = begin((message['response'] as { metadata?: unknown } | undefined)?.metadata ?? null);
          if (forbidden && read <= forbidden.before) forbidden.cut.add(id);
        }
        break;
      case 'response.cancel':
        if (active?.id === message['response_id']) end('cancelled');
        else refuse(message, 'response_cancel_not_active');
        break;
      case 'conversation.item.truncate': {
        const end = Number(message['audio_end_ms']);
        const length = lengths.get(item);
        if (length === undefined) faults.push(`truncate of unknown ${item}`);
        else if (!Number.isInteger(end) || end <= 0 || end > length) faults.push(`truncate of ${item} at ${end} of ${length}`);
        else if (cuts.has(item)) faults.push(`second cut of ${item}`);
        else if (active?.item === item) faults.push(`truncate of ${item} while it is being made`);
        cuts.add(item);
        lengths.set(item, end);
        break;
      }
      case 'conversation.item.delete':
        if (!lengths.has(item)) faults.push(`delete of unknown ${item}`);
        if (cuts.has(item)) faults.push(`second cut of ${item}`);
        cuts.add(item);
        lengths.set(item, 0);
        break;
    }
  }

  return {
    faults,
    interrupts: rules.interrupt_response === true,
    answersItself: rules.create_response === true,
    get active() {
      return active?.id ?? null;
    },
    lengthOf: (item) => lengths.get(item) ?? 0,
    forbid(cut) {
      forbidden = { before: client.sent().length, cut };
    },
    generate(ms) {
      if (!active) return;
      lengths.set(active.item, (lengths.get(active.item) ?? 0) + ms);
      down.push(delta(ms, active.item, active.id));
    },
    finish() {
      end('completed');
    },
    arrive(n) {
      client.down(...down.splice(0, n));
    },
    reach(n) {
      for (let count = 0; count < n; count += 1) {
        const message = client.sent()[read];
        if (!message) return;
        read += 1;
        obey(message);
      }
    },
    speak() {
      if (speech !== null || turnDetection === null) return;
      serial += 1;
      speech = `u${serial}`;
      down.push(started(speech));
      if (rules.interrupt_response) end('cancelled');
    },
    hush() {
      if (speech === null) return;
      down.push(stopped(speech), committed(speech));
      speech = null;
      if (rules.create_response && !active) begin(null);
    },
  };
}
