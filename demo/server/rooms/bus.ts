/** Rooms in this process: what is published in one reaches everybody in it, and those who come later get its last captions. */

/** Captions that a room remembers. */
const REMEMBERED = 50;
const MOST_ROOMS = 500;
const MOST_MEMBERS = 300;
/** A room in which nobody is and nothing is said is forgotten after this, ms. */
const FORGOTTEN_MS = 10 * 60_000;

/** One message as it travels, made once for everybody. */
export interface RoomMessage {
  readonly text: string;
  /** A newer one will replace it: may be left out for who reads slowly. */
  readonly growing: boolean;
}

export type RoomListener = (message: RoomMessage) => void;

export interface Published {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly source: 'livestream_service' | 'websocket_manager';
  /** Messages with the same key replace one another; null = not remembered. */
  readonly key: string | null;
  readonly growing: boolean;
}

interface Room {
  readonly members: Set<RoomListener>;
  readonly remembered: Map<string, RoomMessage>;
  usedAt: number;
}

/** Envelope of `specs` §Notifications. Pure. */
export const envelope = (type: string, data: Readonly<Record<string, unknown>>, source: Published['source'], at: Date): string =>
  JSON.stringify({ type, data, timestamp: at.toISOString(), source });

export class RoomBus {
  readonly #rooms = new Map<string, Room>();

  get size(): number {
    return this.#rooms.size;
  }

  /**
   * Joins `name`: what it remembers is told at once, then what is published. Returns how to leave; null when the room is full, or there
   * are too many rooms.
   */
  join(name: string, listener: RoomListener): (() => void) | null {
    const room = this.#room(name);
    if (room === null || room.members.size >= MOST_MEMBERS) return null;
    room.members.add(listener);
    for (const message of room.remembered.values()) listener(message);
    return () => {
      room.members.delete(listener);
      room.usedAt = Date.now();
    };
  }

  /** To everybody in the room but `except`. */
  publish(name: string, { type, data, source, key, growing }: Published, except: RoomListener | null = null): void {
    const room = this.#room(name);
    if (room === null) return;
    const message: RoomMessage = { text: envelope(type, data, source, new Date()), growing };
    if (key !== null) {
      room.remembered.set(key, message);
      const [oldest] = room.remembered.keys();
      if (room.remembered.size > REMEMBERED && oldest !== undefined) room.remembered.delete(oldest);
    }
    for (const member of room.members) if (member !== except) member(message);
  }

  #room(name: string): Room | null {
    const now = Date.now();
    const known = this.#rooms.get(name);
    if (known !== undefined) {
      known.usedAt = now;
      return known;
    }
    if (this.#rooms.size >= MOST_ROOMS) this.#forgetUnused(now);
    if (this.#rooms.size >= MOST_ROOMS) return null;
    const room: Room = { members: new Set(), remembered: new Map(), usedAt: now };
    this.#rooms.set(name, room);
    return room;
  }

  /** What was said in a room does not stay in memory for ever. */
  sweep(): void {
    this.#forgetUnused(Date.now());
  }

  #forgetUnused(now: number): void {
    for (const [name, room] of this.#rooms) {
      if (room.members.size === 0 && now - room.usedAt > FORGOTTEN_MS) this.#rooms.delete(name);
    }
  }
}
