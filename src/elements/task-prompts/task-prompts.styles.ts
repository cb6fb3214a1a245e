import { css } from 'lit';

export const taskPromptsStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  .both {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--_s4);
  }

  .both label {
    grid-template-rows: auto minmax(0, 1fr);
  }

  textarea {
    block-size: 360px;
    font:
      var(--_note) / 1.6 ui-monospace,
      'Cascadia Mono',
      'Liberation Mono',
      Menlo,
      monospace;
  }

  .preview {
    block-size: 360px;
    max-block-size: none;
  }

  @container (max-width: 639px) {
    .both {
      grid-template-columns: minmax(0, 1fr);
    }

    textarea,
    .preview {
      block-size: 260px;
    }
  }
`;
