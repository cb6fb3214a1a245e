import { css } from 'lit';

export const recorderStyles = css`
  :host {
    color-scheme: light dark;
    display: block;
    container-type: inline-size;
  }

  :host([hidden]) {
    display: none;
  }

  :host([color-scheme='light']) {
    color-scheme: light;
  }

  :host([color-scheme='dark']) {
    color-scheme: dark;
  }

  .frame {
    display: grid;
    gap: var(--_s3);
    padding: var(--_pad);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_bg);
    color: var(--_text);
    font: 1em/1.45 var(--_font);
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_s1) var(--_s3);
  }

  h2 {
    flex: 1;
    margin: 0;
    font: 600 var(--_lead) / 1.3 var(--_font);
  }

  p {
    margin: 0;
    text-wrap: pretty;
  }

  .muted {
    font-size: var(--_note);
    color: var(--_text-muted);
  }

  [part='elapsed'] {
    font-variant-numeric: tabular-nums;
    font-size: var(--_large);
  }

  .live::before {
    content: '';
    display: inline-block;
    inline-size: 0.55em;
    block-size: 0.55em;
    margin-inline-end: 0.4em;
    border-radius: 50%;
    background: var(--_error);
  }

  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(13em, 1fr));
    gap: var(--_s1) var(--_s3);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  legend {
    padding: 0;
    margin-block-end: var(--_s1);
    font-size: var(--_note);
    font-weight: 600;
    color: var(--_text-muted);
  }

  label {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_target);
    cursor: pointer;
  }

  input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    flex: none;
    accent-color: var(--_primary);
  }

  .previews {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14em), 1fr));
    gap: var(--_s2);
  }

  video {
    display: block;
    inline-size: 100%;
    max-block-size: var(--viva-recorder-preview-height, 260px);
    border-radius: 12px;
    background: var(--_film);
    object-fit: contain;
  }

  video.camera {
    transform: scaleX(-1);
  }

  ul {
    display: grid;
    gap: var(--_s1);
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--_note);
  }

  li {
    overflow-wrap: anywhere;
  }

  .warning {
    color: var(--_error);
  }

  [part='controls'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
  }

  .wide {
    flex: 1 1 10em;
    max-inline-size: 26em;
    min-block-size: calc(var(--_target) + 8px);
  }

  .end {
    border-color: var(--_error);
    color: var(--_error);
  }

  .trouble:not(:has([part='alert'])) {
    position: absolute;
  }

  [part='alert'] {
    display: grid;
    gap: var(--_s2);
    justify-items: start;
    padding: var(--_s4) var(--_s4);
    border-radius: var(--_msg-radius);
    background: color-mix(in oklab, var(--_error) 9%, var(--_bg-raised));
    border: 1px solid color-mix(in oklab, var(--_error) 35%, transparent);
  }

  @container (max-width: 430px) {
    .frame {
      padding: var(--_s3);
    }
  }
`;
