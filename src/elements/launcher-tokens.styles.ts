import { css } from 'lit';

/**
 * The sizes, colours and durations that the launcher stands on, and every other element too. `--viva-*` is what a page may set, on the tag
 * or on anything around it; `--_*` is what the style sheets read.
 */
export const launcherTokens = css`
  :host {
    --_primary: var(--viva-primary, light-dark(#12574b, #8fd8c4));
    --_primary-hover: var(--viva-primary-hover, color-mix(in oklab, var(--_primary), var(--_text) 18%));
    --_primary-active: var(--viva-primary-active, color-mix(in oklab, var(--_primary), var(--_text) 32%));
    --_on-primary: var(--viva-on-primary, light-dark(#fff, #07231d));
    --_bg-raised: var(--viva-bg-raised, light-dark(#fff, #1d2422));
    --_text: var(--viva-text, light-dark(#18211e, #edf2ee));
    --_error: var(--viva-error, light-dark(#a42c1c, #ffa699));
    --_btn-radius: var(--viva-btn-radius, var(--_r, 999px));
    --_msg-radius: var(--viva-msg-radius, min(14px, var(--_r, 14px)));
    --_fab: var(--viva-fab-size, 56px);
    --_inset-inline: var(--viva-inset-inline, 20px);
    --_inset-block: var(--viva-inset-block, 20px);
    --_z: var(--viva-z, 2147483000);
    --_font: var(--viva-font, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif);
    --_size: var(--viva-font-size, max(16px, 1rem));
    --_quick: 140ms;
    --_ease: cubic-bezier(0.2, 0.7, 0.2, 1);
    --_shadow: 0 1px 2px light-dark(#1821260f, #0006), 0 12px 40px light-dark(#1c2b2626, #0009);
    font: 400 var(--_size) / 1.5 var(--_font);
    color: var(--_text);
    -webkit-font-smoothing: antialiased;
  }

  :host([hidden]) {
    display: none !important;
  }
`;
