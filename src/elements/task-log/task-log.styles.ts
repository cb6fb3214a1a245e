import { css } from 'lit';

export const taskLogStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }

  .empty {
    margin: 0;
    color: var(--_text-muted);
  }

  .frame {
    position: relative;
  }

  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  [part='log'] {
    padding: var(--_s3) var(--_s4);
    block-size: var(--viva-task-log-height, 420px);
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_border);
    border-radius: var(--_msg-radius);
    background: var(--_bg);
    font:
      var(--_small) / 1.6 ui-monospace,
      'Cascadia Mono',
      'Liberation Mono',
      Menlo,
      monospace;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }

  [part='log']:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
  }

  time {
    color: var(--_text-muted);
  }

  b {
    text-transform: uppercase;
    font-weight: 600;
    color: var(--_text-muted);
  }

  .warning b {
    color: var(--_thinking);
  }

  .error :is(b, span) {
    color: var(--_error);
  }

  [part='follow'] {
    position: absolute;
    inset-block-end: 14px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    max-inline-size: calc(100% - 32px);
    box-shadow: var(--_shadow);
  }

  @media print {
    [part='log'] {
      block-size: auto;
      overflow: visible;
      border: 0;
      padding: 0;
    }

    [part='follow'] {
      display: none;
    }
  }
`;
