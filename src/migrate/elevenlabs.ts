import { always, as, choice, rows, type Rules, whenTrue } from './migration.ts';

/** `<elevenlabs-convai>`: attributes of convai-widget-core 0.14. Their booleans are the words `true` and `false`. */

/** Their words as ours. */
const words = rows(
  as,
  'main_label=.launcher start_call=.start start_chat=.start new_call=.again end_call=.stop mute_microphone=.mute collapse=.close input_placeholder=.write input_placeholder_text_only=.write accept_terms=.consentAccept dismiss_terms=.consentDecline terms_title=.consentTitle',
);

/** JSON of their words; what is no JSON object has no counterpart. */
function texts(value: string): Readonly<Record<string, string>> | null {
  let given: unknown;
  try {
    given = JSON.parse(value);
  } catch {
    return null;
  }
  const known = Object.entries(given ?? {}).map(([key, text]) => words[key]?.(String(text)) ?? {});
  const all = Object.assign({}, ...known) as Readonly<Record<string, string>>;
  return Object.keys(all).length === 0 ? null : all;
}

export const elevenlabs: Rules = {
  assumed: {},
  attributes: {
    ...rows(
      as,
      'placement avatar-image-url=avatar avatar-orb-color-1=--viva-primary language=language+lang override-language=language+lang override-prompt=instructions override-llm=model override-voice-id=voice',
    ),
    ...rows(
      whenTrue,
      'default-expanded=default-open always-expanded=default-open show-resize-button=resizable override-text-only=mode:chat collect-feedback=feedback:conversation',
    ),
    ...rows(always, 'mic-muting transcript text-input show-agent-status dismissible'),
    variant: choice('variant', 'tiny=compact compact=launcher full=expanded expandable=expanded'),
    'text-contents': texts,
    'terms-key': (value) => ({ consent: 'once', 'consent-key': value }),
    'markdown-link-allowed-hosts': (value) => ({ 'link-hosts': value.replaceAll(',', ' ') }),
  },
};
