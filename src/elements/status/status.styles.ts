import { css } from 'lit';

export const statusStyles = css`
  :host {
    display: block;
    overflow-x: clip;
    font-size: var(--_note);
    line-height: 1.35;
    color: var(--_text-muted);
  }

  /* What begins a line has its separating dot outside, where it is cut off. */
  div {
    display: flex;
    flex-wrap: wrap;
    margin-inline-start: calc(-1 * var(--_s4));
  }

  .now,
  .more {
    position: relative;
    padding-inline-start: var(--_s4);
  }

  .now {
    display: flex;
    align-items: baseline;
    gap: var(--_s2);
  }

  [part='status'] {
    color: var(--_text);
    font-weight: 550;
  }

  .more::before {
    content: '·';
    position: absolute;
    inset-inline-start: calc(var(--_s4) / 2 - 0.15em);
  }

  .more {
    font-variant-numeric: tabular-nums;
  }

  .dot {
    align-self: center;
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    border: 2px solid currentColor;
    flex: none;
  }

  .dot:is(.listening, .connecting, .thinking, .speaking, .reconnecting, .error) {
    background: currentColor;
  }

  .listening {
    color: var(--_listening);
  }

  .connecting,
  .thinking,
  .reconnecting {
    color: var(--_thinking);
    animation: pulse var(--_pulse) ease-in-out infinite alternate;
  }

  .speaking {
    color: var(--_speaking);
  }

  .error {
    color: var(--_error);
  }

  @keyframes pulse {
    from {
      opacity: 0.35;
    }
  }
`;
