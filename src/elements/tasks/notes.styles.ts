import { css } from 'lit';

/** What stands in place of the tasks or above them: states, failures, what can be undone, and what opens. */
export const noteStyles = css`
  .whole {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--_s2);
    padding: calc(2 * var(--_s6)) var(--_s5);
    text-align: center;
    text-wrap: balance;
    color: var(--_text-muted);
  }

  .whole h3 {
    color: var(--_text);
  }

  .whole svg {
    inline-size: 44px;
    block-size: 44px;
    stroke-width: 1.3;
  }

  .whole button {
    margin-block-start: var(--_s2);
  }

  .note,
  .trouble {
    padding: var(--_s3) var(--_s4);
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
  }

  .note {
    border-color: color-mix(in oklab, var(--_thinking) 45%, transparent);
    background: color-mix(in oklab, var(--_thinking) 9%, var(--_bg-raised));
  }

  .trouble {
    display: grid;
    gap: var(--_s2);
    justify-items: start;
    border-color: color-mix(in oklab, var(--_error) 35%, transparent);
    background: color-mix(in oklab, var(--_error) 9%, var(--_bg-raised));
  }

  .undo {
    position: sticky;
    inset-block-end: 12px;
    z-index: 1;
    display: grid;
    gap: var(--_s2);
    justify-self: center;
    max-inline-size: 100%;
  }

  .undo li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s2) var(--_s5);
    padding: var(--_s3) var(--_s3) var(--_s3) var(--_s5);
    border: 1px solid var(--_control);
    border-radius: var(--_msg-radius);
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
    overflow-wrap: anywhere;
  }

  .undo .facts {
    white-space: nowrap;
  }

  dialog {
    inline-size: min(640px, 100vw - 24px);
    max-block-size: min(900px, 100vh - 24px);
    padding: var(--_s6);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg-raised);
    color: inherit;
    overflow-y: auto;
  }

  dialog.wide {
    inline-size: min(1000px, 100vw - 24px);
  }

  dialog::backdrop {
    background: var(--_overlay);
  }

  dialog > h2,
  dialog .trouble {
    margin-block-end: var(--_s4);
  }

  @container (max-width: 799px) {
    dialog {
      padding: var(--_s4);
    }
  }
`;
