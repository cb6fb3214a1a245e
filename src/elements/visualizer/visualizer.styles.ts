import { css } from 'lit';

/* The three colours the canvas draws with travel as computed colours of properties that a canvas does not use itself. */
export const visualizerStyles = css`
  :host {
    display: block;
    block-size: 44px;
  }

  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    color: color-mix(in oklab, var(--_text) 24%, transparent);
    accent-color: var(--_listening);
    caret-color: var(--_speaking);
  }

  .thinking,
  .connecting,
  .reconnecting {
    animation: wait var(--_pulse) ease-in-out infinite alternate;
    color: var(--_thinking);
  }

  @keyframes wait {
    from {
      opacity: 0.3;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    canvas {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    canvas {
      color: GrayText;
      accent-color: CanvasText;
      caret-color: Highlight;
    }
  }
`;
