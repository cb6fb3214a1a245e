import { css } from 'lit';

/** A colour for each status, for its sign, its word and its part of the chart. */
export const statusStyles = css`
  .pending {
    --_status: var(--_text-muted);
  }

  .listening {
    --_status: var(--_speaking);
  }

  .recording {
    --_status: var(--_error);
  }

  .processing {
    --_status: var(--_thinking);
  }

  .completed {
    --_status: var(--_primary);
  }

  .failed {
    --_status: var(--_plum);
  }

  .status {
    display: inline-flex;
    align-items: center;
    gap: var(--_s2);
    color: var(--_status);
    font-size: var(--_small);
    font-weight: 600;
    white-space: nowrap;
  }

  .facts .status {
    font-size: 1em;
  }

  .status svg {
    inline-size: 18px;
    block-size: 18px;
  }
`;
