import { css } from 'lit';
import { launcherTokens } from './launcher-tokens.styles.ts';

/** Every size, colour and duration of the elements: the launcher's, and those that only something opened needs. */
export const tokens = [
  launcherTokens,
  css`
    :host {
      --_bg: var(--viva-bg, light-dark(#fbfaf6, #141917));
      --_bg-input: var(--viva-bg-input, light-dark(#fff, #1d2422));
      --_bg-hover: var(--viva-bg-hover, color-mix(in oklab, var(--_text) 7%, transparent));
      --_bg-active: var(--viva-bg-active, color-mix(in oklab, var(--_text) 13%, transparent));
      --_text-muted: var(--viva-text-muted, light-dark(#56615c, #a5b1ab));
      --_border: var(--viva-border, light-dark(#e2ded3, #323b38));
      --_control: light-dark(#868d87, #77827c);
      --_overlay: var(--viva-overlay, #0b0f0dcc);
      --_msg-user-bg: var(--viva-msg-user-bg, transparent);
      --_msg-user-border: var(--viva-msg-user-border, var(--_primary));
      --_listening: var(--_primary);
      --_thinking: light-dark(#8a5a06, #f0c67c);
      --_speaking: light-dark(#3a4a9f, #b3bfff);
      --_radius: var(--viva-radius, 20px);
      --_input-radius: var(--viva-input-radius, 24px);
      --_target: var(--viva-target-size, 44px);
      --_pad: var(--viva-padding, 20px);
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
      --_small: 0.8125em;
      --_large: 1.25em;
      --_calm: 320ms;
    }
  `,
];
