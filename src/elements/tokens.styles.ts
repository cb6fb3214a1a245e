import { css } from 'lit';

/**
 * Every size, colour and duration of the elements. `--viva-*` is what a page may set, on the tag or on anything around it; `--_*` is
 * what the style sheets read.
 */
export const tokens = css`
  :host {
    --_primary: var(--viva-primary, light-dark(#12574b, #8fd8c4));
    --_primary-hover: var(--viva-primary-hover, color-mix(in oklab, var(--_primary), var(--_text) 18%));
    --_primary-active: var(--viva-primary-active, color-mix(in oklab, var(--_primary), var(--_text) 32%));
    --_on-primary: var(--viva-on-primary, light-dark(#fff, #07231d));
    --_bg: var(--viva-bg, light-dark(#fbfaf6, #141917));
    --_bg-raised: var(--viva-bg-raised, light-dark(#fff, #1d2422));
    --_bg-input: var(--viva-bg-input, light-dark(#fff, #1d2422));
    --_bg-hover: var(--viva-bg-hover, color-mix(in oklab, var(--_text) 7%, transparent));
    --_bg-active: var(--viva-bg-active, color-mix(in oklab, var(--_text) 13%, transparent));
    --_text: var(--viva-text, light-dark(#18211e, #edf2ee));
    --_text-muted: var(--viva-text-muted, light-dark(#56615c, #a5b1ab));
    --_border: var(--viva-border, light-dark(#e2ded3, #323b38));
    --_control: light-dark(#868d87, #77827c);
    --_error: var(--viva-error, light-dark(#a42c1c, #ffa699));
    --_overlay: var(--viva-overlay, #0b0f0dcc);
    --_msg-user-bg: var(--viva-msg-user-bg, transparent);
    --_msg-user-border: var(--viva-msg-user-border, var(--_primary));
    --_listening: var(--_primary);
    --_thinking: light-dark(#8a5a06, #f0c67c);
    --_speaking: light-dark(#3a4a9f, #b3bfff);

    --_radius: var(--viva-radius, 20px);
    --_btn-radius: var(--viva-btn-radius, 999px);
    --_input-radius: var(--viva-input-radius, 24px);
    --_msg-radius: var(--viva-msg-radius, 14px);
    --_target: var(--viva-target-size, 44px);
    --_fab: var(--viva-fab-size, 56px);
    --_pad: var(--viva-padding, 20px);
    --_inset-inline: var(--viva-inset-inline, 20px);
    --_inset-block: var(--viva-inset-block, 20px);
    --_z: var(--viva-z, 2147483000);

    --_font: var(
      --viva-font,
      ui-sans-serif,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Liberation Sans',
      Arial,
      sans-serif
    );
    --_font-voice: var(
      --viva-font-voice,
      ui-serif,
      'Iowan Old Style',
      'Palatino Linotype',
      Palatino,
      'Source Serif 4',
      'Liberation Serif',
      Georgia,
      serif
    );
    --_size: var(--viva-font-size, max(16px, 1rem));
    --_small: 0.8125em;
    --_large: 1.25em;

    --_quick: 140ms;
    --_calm: 320ms;
    --_ease: cubic-bezier(0.2, 0.7, 0.2, 1);
    --_shadow: 0 1px 2px light-dark(#1821260f, #0006), 0 12px 40px light-dark(#1c2b2626, #0009);

    font: 400 var(--_size) / 1.5 var(--_font);
    color: var(--_text);
    -webkit-font-smoothing: antialiased;
    text-align: start;
    text-transform: none;
    letter-spacing: normal;
    word-spacing: normal;
    text-indent: 0;
    white-space: normal;
  }

  :host([hidden]) {
    display: none !important;
  }
`;
