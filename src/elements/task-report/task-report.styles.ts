import { css } from 'lit';

export const taskReportStyles = css`
  :host {
    color-scheme: inherit;
    display: block;
    min-inline-size: 0;
  }

  .report {
    max-inline-size: 72ch;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .report > :first-child {
    margin-block-start: 0;
  }

  .plain {
    white-space: pre-wrap;
    font: inherit;
    background: none;
    padding: 0;
  }

  @media print {
    .report {
      max-inline-size: none;
    }

    .table,
    pre {
      overflow: visible;
    }

    pre {
      white-space: pre-wrap;
    }

    :is(tr, img, pre, blockquote) {
      break-inside: avoid;
    }

    a[href^='http']::after {
      content: ' (' attr(href) ')';
      font-size: var(--_note);
      overflow-wrap: anywhere;
    }
  }
`;
