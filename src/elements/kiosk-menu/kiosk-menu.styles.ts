import { css } from 'lit';

export const kioskMenuStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--_s2);
  }

  /* In a row of its own there is room for fingers in all of it. */
  @media (max-width: 480px) {
    :host {
      flex: 1 1 100%;
      gap: var(--_s1);
    }

    [part='kiosk-language'],
    [part='kiosk-finish'] {
      flex: 1 1 auto;
      padding-inline: var(--_s3);
    }
  }

  dialog {
    inline-size: min(64em, 94vw);
    max-inline-size: none;
    max-block-size: 86dvh;
    padding: 1.25em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    font: inherit;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.45);
  }

  .volume {
    inline-size: min(34em, 94vw);
  }

  header,
  .steps {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s3);
    font-size: var(--_large);
  }

  input {
    --_bead: calc(var(--_target) * 0.6);
    --_track: 8px;
    flex: 1;
    min-inline-size: 0;
    block-size: var(--_target);
    margin: 0;
    appearance: none;
    background: none;
    cursor: pointer;
  }

  input::-webkit-slider-runnable-track {
    block-size: var(--_track);
    border-radius: 4px;
    background: var(--_control);
  }

  input::-moz-range-track {
    block-size: var(--_track);
    border-radius: 4px;
    background: var(--_control);
  }

  input::-webkit-slider-thumb {
    appearance: none;
    inline-size: var(--_bead);
    block-size: var(--_bead);
    margin-block-start: calc((var(--_track) - var(--_bead)) / 2);
    border: 0;
    border-radius: 50%;
    background: var(--_primary);
  }

  input::-moz-range-thumb {
    inline-size: var(--_bead);
    block-size: var(--_bead);
    border: 0;
    border-radius: 50%;
    background: var(--_primary);
  }

  @media (forced-colors: active) {
    input::-webkit-slider-runnable-track {
      background: GrayText;
    }

    input::-webkit-slider-thumb {
      background: ButtonText;
    }
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(8.5em, 100%), 1fr));
    gap: var(--_s2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li button {
    inline-size: 100%;
    padding-inline: var(--_s2);
  }
`;
