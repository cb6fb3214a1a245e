import { css } from 'lit';

export const picturesStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
  }

  figure {
    position: relative;
    flex: 1 1 40%;
    margin: 0;
    border-radius: var(--_msg-radius);
    overflow: hidden;
    background: var(--_film-raised);
  }

  video {
    display: block;
    inline-size: 100%;
    block-size: 132px;
    object-fit: cover;
  }

  .camera video {
    scale: -1 1;
  }

  .screen video {
    object-fit: contain;
  }

  figcaption {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-start: 8px;
    display: flex;
    align-items: center;
    gap: var(--_s2);
    padding: var(--_s0) var(--_s3);
    border-radius: 999px;
    background: var(--_overlay);
    color: var(--_on-film);
    font-size: var(--_small);
  }

  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_recording);
  }

  figure button {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    background: var(--_overlay);
    color: var(--_on-film);
  }

  figure button:hover {
    background: var(--_film-raised);
  }

  .ask {
    flex: 1 0 100%;
  }
`;
