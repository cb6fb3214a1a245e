import { always, as, choice, rows, type Rules, whenTrue } from './migration.ts';

/** `<vapi-widget>`: attributes of client-sdk-react 0.1, with their older names. */

const radius = choice('radius', 'none=sharp small=soft medium=round large=pill');

export const vapi: Rules = {
  assumed: { mode: 'chat', theme: 'light' },
  attributes: new Map([
    ...rows(
      as,
      'theme=color-scheme base-color=--viva-bg base-bg-color=--viva-bg color-accent=--viva-primary accent-color=--viva-primary button-accent-color=--viva-on-primary cta-button-text-color=--viva-on-primary main-label=.title title=.title cta-title=.launcher start-button-text=.start end-button-text=.stop empty-voice-message=.emptyVoice voice-empty-message=.emptyVoice hybrid-empty-message=.emptyVoice empty-chat-message=.emptyText chat-empty-message=.emptyText chat-placeholder=.write reconnect-storage-key=resume-key consent-title=.consentTitle terms-content=.consentText consent-content=.consentText local-storage-key=consent-key consent-storage-key=consent-key',
    ),
    ...rows(whenTrue, 'voice-auto-reconnect=resume:session require-consent=consent:once consent-required=consent:once'),
    ...rows(always, 'show-transcript voice-show-transcript'),
    ['mode', choice('mode', 'voice=assistant hybrid=assistant chat')],
    ['position', choice('placement', 'bottom-right bottom-left top-right top-left bottom-center=bottom')],
    ['size', choice('variant', 'tiny=compact compact=launcher full=expanded')],
    ['radius', radius],
    ['border-radius', radius],
  ]),
};
