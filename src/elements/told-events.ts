import type { Entry } from '../session/state.ts';

/** The events of what is said and allowed in a conversation; fetched with the first word, so that a conversation can begin sooner. */

/** A line of the conversation was added or changed; `final` says that no more changes come. */
export class VivaTranscriptEvent extends Event {
  readonly id: string;
  readonly role: Entry['role'];
  readonly text: string;
  readonly final: boolean;
  readonly interrupted: boolean;

  constructor(entry: Entry) {
    super('viva-transcript', { bubbles: true, composed: true });
    this.id = entry.id;
    this.role = entry.role;
    this.text = entry.text;
    this.final = entry.status !== 'interim';
    this.interrupted = entry.status === 'interrupted';
  }
}

/** A message is whole: what somebody said or wrote, or what the assistant answered. Told once for each. */
export class VivaMessageEvent extends Event {
  readonly id: string;
  readonly role: Entry['role'];
  readonly text: string;
  /** The answer was cut; `text` is what was heard of it. */
  readonly interrupted: boolean;
  /** Data URLs of pictures that went along. */
  readonly images: readonly string[];

  constructor(entry: Entry) {
    super('viva-message', { bubbles: true, composed: true });
    this.id = entry.id;
    this.role = entry.role;
    this.text = entry.text;
    this.interrupted = entry.status === 'interrupted';
    this.images = entry.images;
  }
}

/** The listener cut an answer. */
export class VivaInterruptEvent extends Event {
  constructor(
    readonly id: string,
    readonly text: string,
  ) {
    super('viva-interrupt', { bubbles: true, composed: true });
  }
}

/** The browser asks the visitor for a device, or has been answered. */
export class VivaPermissionEvent extends Event {
  constructor(
    readonly device: 'microphone' | 'camera' | 'screen',
    readonly permission: 'asking' | 'granted' | 'denied',
  ) {
    super('viva-permission', { bubbles: true, composed: true });
  }
}
