import { css } from 'lit';

export const picturesStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  figure {
    position: relative;
    flex: 1 1 40%;
    margin: 0;
    border-radius: var(--_msg-radius);
    overflow: hidden;
    background: #0b0f0d;
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
    gap: 6px;
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--_overlay);
    color: #fff;
    font-size: 0.8125em;
  }

  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: #ff6b5e;
  }

  figure button {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    background: var(--_overlay);
    color: #fff;
  }

  figure button:hover {
    background: #0b0f0d;
  }

  .ask {
    flex: 1 0 100%;
  }
`;
