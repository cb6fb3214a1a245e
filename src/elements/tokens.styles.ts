import { css } from 'lit';
import { launcherTokens } from './launcher-tokens.styles.ts';

/**
 * Every size, colour and duration of the elements: the launcher's, and those that only something opened needs. `--_d` (density) and `--_r`
 * (corners) come from the tag around; a page sets `--viva-*`.
 *
 * Spacing goes in steps of 4 px, `--_s1` to `--_s6`, and `--_s0` for hairs; type in `--_tiny`, `--_small`, `--_note`, 1em, `--_lead`, `--_large`,
 * `--_title`, `--_display`; motion in `--_quick` for what a pointer does, `--_calm` for what comes and goes, `--_pulse` for what waits.
 */
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

      --_info: light-dark(#1f5d8f, #9cc9f0);
      --_warning: var(--_thinking);
      --_on-error: light-dark(#fff, #2b0d08);
      --_plum: light-dark(#7d1f5b, #f2a7d6);

      --_radius: var(--viva-radius, min(20px, 1.5 * var(--_r, 20px)));
      --_input-radius: var(--viva-input-radius, min(24px, var(--_r, 24px)));
      --_target: var(--viva-target-size, max(44px, 2.75em));
      --_s0: 2px;
      --_s1: calc(4px * var(--_d, 1));
      --_s2: calc(8px * var(--_d, 1));
      --_s3: calc(12px * var(--_d, 1));
      --_s4: calc(16px * var(--_d, 1));
      --_s5: calc(20px * var(--_d, 1));
      --_s6: calc(24px * var(--_d, 1));
      --_pad: var(--viva-padding, var(--_s5));

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
      --_tiny: 0.75em;
      --_small: 0.8125em;
      --_note: 0.875em;
      --_lead: 1.125em;
      --_large: 1.25em;
      --_title: 1.5em;
      --_display: 2.25em;

      --_calm: 320ms;
      --_pulse: 900ms;

      text-align: start;
      text-transform: none;
      letter-spacing: normal;
      word-spacing: normal;
      text-indent: 0;
      white-space: normal;
    }

    @media (prefers-contrast: more) {
      :host {
        --_border: var(--_control);
        --_control: var(--_text);
        --_text-muted: var(--_text);
      }
    }

    @media (prefers-reduced-transparency: reduce) {
      :host {
        --_overlay: #0b0f0d;
      }
    }
  `,
];

/** What stands over a picture, whatever the scheme: its ink, the picture's own ground, and veils between the two. */
export const filmTokens = css`
  :host {
    --_film: #000;
    --_film-raised: #0b0f0d;
    --_film-control: #2a3330;
    --_film-hatch: #4a4a4a;
    --_film-deep: #000d;
    --_film-veil: #000a;
    --_on-film: #fff;
    --_on-film-soft: #ffffffd9;
    --_on-film-muted: #ffffffb3;
    --_on-film-line: #ffffff40;
    --_on-film-hover: #ffffff2e;
    --_on-film-blue: #b3bfff;
    --_on-film-amber: #f0c67c;
    --_recording: #ff6b5e;
    --_recording-label: #8c1413;
  }

  @media (prefers-reduced-transparency: reduce) {
    :host {
      --_film-deep: #000;
      --_film-veil: #000;
    }
  }
`;
