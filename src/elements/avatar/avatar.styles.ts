import { css } from 'lit';

/* Sizes are shares of the element's own width: the same face stands in a header and on a kiosk. */
export const avatarStyles = css`
  :host {
    container-type: inline-size;
    display: block;
    inline-size: 44px;
    aspect-ratio: 1;
    overflow: visible !important;
    border-radius: 0 !important;
  }

  .ring {
    --_state: var(--_primary);
    --_ink: var(--_on-primary);
    block-size: 100%;
    border-radius: 50%;
    box-shadow: 0 0 0 calc(var(--_heard, 0) * 9cqi) color-mix(in oklab, var(--_state) 26%, transparent);
    transition: box-shadow var(--_quick) linear;
  }

  .thinking,
  .connecting,
  .reconnecting {
    --_state: var(--_thinking);
    --_ink: var(--_bg-raised);
  }

  .speaking {
    --_state: var(--_speaking);
    --_ink: var(--_bg-raised);
  }

  .error {
    --_state: var(--_error);
    --_ink: var(--_bg-raised);
  }

  .face {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 9cqi;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    background: var(--_state);
    transition:
      background-color var(--_calm),
      border-radius var(--_calm) var(--_ease),
      rotate var(--_calm) var(--_ease);
  }

  /* Who speaks becomes a speech bubble; who listens inclines the head. */
  .speaking .face {
    border-end-start-radius: 14%;
  }

  .listening .face {
    rotate: 6deg;
  }

  .listening:dir(rtl) .face {
    rotate: -6deg;
  }

  img.face {
    object-fit: cover;
    background: none;
    box-shadow:
      0 0 0 2px var(--_bg),
      0 0 0 4px var(--_state);
    rotate: none !important;
  }

  i {
    display: block;
    inline-size: 7cqi;
    border-radius: 7cqi;
    background: var(--_ink);
    transition: block-size var(--_quick) linear;
  }

  .eyes {
    display: flex;
    align-items: center;
    gap: 20cqi;
    block-size: 24cqi;
    transition: translate var(--_calm) var(--_ease);
  }

  .eyes i {
    block-size: calc(16cqi + var(--_heard, 0) * 8cqi);
  }

  .mouth {
    display: flex;
    align-items: center;
    gap: 4cqi;
    block-size: 22cqi;
    margin-block-start: -6cqi;
  }

  .mouth i {
    inline-size: 5cqi;
    block-size: calc(5cqi + var(--_said, 0) * 19cqi);
  }

  .mouth i:nth-child(3) {
    --_said: var(--_said-0);
  }

  .mouth i:is(:nth-child(2), :nth-child(4)) {
    --_said: var(--_said-1);
  }

  .mouth i:is(:nth-child(1), :nth-child(5)) {
    --_said: var(--_said-2);
  }

  .muted .eyes i {
    inline-size: 12cqi;
    block-size: 5cqi;
  }

  :is(.thinking, .connecting, .reconnecting) .eyes {
    translate: 0 -7cqi;
    animation: look calc(2.4 * var(--_pulse)) ease-in-out infinite alternate;
  }

  .thinking .mouth i:is(:nth-child(1), :nth-child(2), :nth-child(4), :nth-child(5)),
  :is(.connecting, .reconnecting, .error) .mouth i:is(:nth-child(1), :nth-child(5)) {
    opacity: 0;
  }

  .error .eyes {
    translate: 0 5cqi;
  }

  @keyframes look {
    0%,
    30% {
      translate: -8cqi -7cqi;
    }

    70%,
    100% {
      translate: 8cqi -7cqi;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }

  @media (forced-colors: active) {
    .ring {
      --_state: CanvasText !important;
      --_ink: Canvas !important;
      forced-color-adjust: none;
    }
  }
`;
