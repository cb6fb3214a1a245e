import type { Downlink, Usage } from '../shared/wire.ts';
import type { Step } from './cut.ts';
import { show, withoutItem, type Model } from './model.ts';

/** What the end of an answer changes; its sound may go on for long. */
export function stepResponse(model: Model, event: Extract<Downlink, { type: 'response-ended' }>): Step {
  const spoken = new Map([...model.spoken].filter(([, item]) => item.received > 0));
  return [
    show(
      {
        ...model,
        spoken,
        responding: withoutItem(model.responding, event.responseId),
        muzzled: withoutItem(model.muzzled, event.responseId),
        awaiting: false,
      },
      {
        usage: add(model.shown.usage, event.usage),
        ...(event.error === null ? {} : { notice: event.error.toFacts() }),
      },
    ),
    [],
  ];
}

const add = (sum: Usage | null, more: Usage | null): Usage | null =>
  sum === null || more === null
    ? (more ?? sum)
    : {
        inputTokens: sum.inputTokens + more.inputTokens,
        outputTokens: sum.outputTokens + more.outputTokens,
        inputAudioTokens: sum.inputAudioTokens + more.inputAudioTokens,
        outputAudioTokens: sum.outputAudioTokens + more.outputAudioTokens,
      };
