import { css } from 'lit';

export const statusStyles = css`
  :host {
    display: flex;
    align-items: baseline;
    flex-wrap: wrap;
    column-gap: var(--_s2);
    font-size: var(--_note);
    line-height: 1.35;
    color: var(--_text-muted);
  }

  [part='status'] {
    color: var(--_text);
    font-weight: 550;
  }

  .more::before {
    content: '·';
    margin-inline-end: var(--_s2);
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
