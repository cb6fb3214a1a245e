import { css } from 'lit';

export const alertsStyles = css`
  :host {
    display: grid;
    gap: var(--_s3);
  }

  viva-alert-toasts {
    position: fixed;
    z-index: var(--_z);
    inset-block-start: calc(var(--_inset-block) + env(safe-area-inset-top));
    inset-inline-end: max(var(--_inset-inline), env(safe-area-inset-right));
    inline-size: min(380px, calc(100vi - 2 * var(--_inset-inline)));
  }
`;
