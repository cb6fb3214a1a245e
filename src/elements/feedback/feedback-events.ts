/** Somebody rated an answer or a conversation. Nothing is sent anywhere: that is for the page to do. */
export class VivaFeedbackEvent extends Event {
  constructor(
    /** What was rated. */
    readonly kind: 'answer' | 'conversation',
    /** Of the answer; of the last line of the conversation. */
    readonly id: string,
    /** `good` or `bad` for an answer, null when that was taken back; 1–5 for a conversation. */
    readonly value: 'good' | 'bad' | number | null,
    /** What was written besides. */
    readonly text: string,
  ) {
    super('viva-feedback', { bubbles: true, composed: true });
  }
}

export interface VivaFeedbackEventMap {
  'viva-feedback': VivaFeedbackEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is how listeners learn the types
  interface GlobalEventHandlersEventMap extends VivaFeedbackEventMap {}
}
