import { always, as, choice, rows, type Rules, whenTrue } from './migration.ts';

/** `<elevenlabs-convai>`: attributes of convai-widget-core 0.14. Their booleans are the words `true` and `false`. */

/** Their words as ours. */
const words = new Map(
  rows(
    as,
    'main_label=.launcher start_call=.start start_chat=.start new_call=.again end_call=.stop mute_microphone=.mute collapse=.close input_placeholder=.write input_placeholder_text_only=.write accept_terms=.consentAccept dismiss_terms=.consentDecline terms_title=.consentTitle',
  ),
);

/** JSON of their words; what is no JSON object has no counterpart. */
function texts(value: string): Readonly<Record<string, string>> | null {
  try {
    const known = Object.entries((JSON.parse(value) as object | null) ?? {}).map(([key, text]) => words.get(key)?.(String(text)));
    const all = Object.assign({}, ...known) as Readonly<Record<string, string>>;
    return Object.keys(all)[0] ? all : null;
  } catch {
    return null;
  }
}

export const elevenlabs: Rules = {
  attributes: new Map([
    ...rows(
      as,
      'placement avatar-image-url=avatar avatar-orb-color-1=--viva-primary language=language+lang override-language=language+lang override-prompt=instructions override-llm=model override-voice-id=voice markdown-link-allowed-hosts=link-hosts',
    ),
    ...rows(
      whenTrue,
      'default-expanded=default-open always-expanded=default-open show-resize-button=resizable override-text-only=mode:chat collect-feedback=feedback:conversation',
    ),
    ...rows(always, 'mic-muting transcript text-input show-agent-status dismissible'),
    ['variant', choice('variant', 'tiny=compact compact=launcher full=expanded expandable=expanded')],
    ['text-contents', texts],
    ['terms-key', (value) => ({ consent: 'once', 'consent-key': value })],
  ]),
};
