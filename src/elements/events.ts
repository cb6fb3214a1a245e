import type { Device } from '../session/assistant.ts';
import type { AssistantOptions } from '../session/options.ts';
import type { Phase } from '../session/state.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { VivaMetricsEvent } from './metrics/metrics-events.ts';
import type { VivaInterruptEvent, VivaMessageEvent, VivaPermissionEvent, VivaTranscriptEvent } from './told-events.ts';

/** The events that `<viva-voce>` fires at the page: classes with readable fields, all bubbling and composed. */

abstract class VivaEvent extends Event {
  constructor(type: keyof VivaEventMap, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/** The tag is on the page and answers to its methods. */
export class VivaReadyEvent extends VivaEvent {
  constructor() {
    super('viva-ready');
  }
}

/** The panel opened or closed. */
export class VivaOpenChangeEvent extends VivaEvent {
  constructor(readonly open: boolean) {
    super('viva-open-change');
  }
}

/** A conversation is about to begin: cancel it, or change `options` before it connects. */
export class VivaBeforeStartEvent extends VivaEvent {
  constructor(public options: AssistantOptions) {
    super('viva-before-start', true);
  }
}

export class VivaStateChangeEvent extends VivaEvent {
  constructor(
    readonly state: Phase,
    readonly previous: Phase,
  ) {
    super('viva-state-change');
  }
}

export class VivaDeviceChangeEvent extends VivaEvent {
  constructor(readonly devices: readonly Device[]) {
    super('viva-device-change');
  }
}

/** Something failed. `recoverable`: trying again may help without anybody's doing. */
export class VivaErrorEvent extends VivaEvent {
  readonly code: ErrorFacts['code'];
  readonly message: string;
  readonly recoverable: boolean;
  readonly field: string | null;

  constructor(facts: ErrorFacts) {
    super('viva-error');
    this.code = facts.code;
    this.message = facts.message;
    this.recoverable = facts.retryable;
    this.field = facts.field;
  }
}

export interface VivaEventMap {
  'viva-ready': VivaReadyEvent;
  'viva-open-change': VivaOpenChangeEvent;
  'viva-before-start': VivaBeforeStartEvent;
  'viva-state-change': VivaStateChangeEvent;
  'viva-transcript': VivaTranscriptEvent;
  'viva-interrupt': VivaInterruptEvent;
  'viva-message': VivaMessageEvent;
  'viva-permission': VivaPermissionEvent;
  'viva-metrics': VivaMetricsEvent;
  'viva-device-change': VivaDeviceChangeEvent;
  'viva-error': VivaErrorEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is how listeners learn the types
  interface GlobalEventHandlersEventMap extends VivaEventMap {}
}
