import { css } from 'lit';

export const keyboardStyles = css`
  :host {
    display: grid;
    justify-items: end;
    gap: var(--_s2);
    user-select: none;
  }

  [part='keyboard'] {
    display: grid;
    gap: var(--_s1);
    inline-size: 100%;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_s1);
  }

  [part='key'] {
    flex: 1 1 0;
    min-inline-size: min(var(--_target), 7.6%);
    max-inline-size: calc(var(--_target) * 1.6);
    min-block-size: clamp(44px, 8dvh, var(--_target));
    padding: 0 var(--_s0);
    border-radius: min(var(--_btn-radius), 12px);
    font-size: min(1em, 6vw);
  }

  .space {
    flex: 4 1 0;
    max-inline-size: none;
  }

  .pressed {
    background: var(--_bg-active);
  }
`;
