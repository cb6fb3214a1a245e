import { css } from 'lit';

export const captionsStyles = css`
  :host {
    display: grid;
    gap: 6px;
    font-size: var(--viva-caption-size, inherit);
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  /* Roll-up: a fixed number of rows, the newest at the bottom. */
  div {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    max-block-size: calc(var(--viva-caption-rows, 2) * 1lh);
    overflow: hidden;
  }

  .hint,
  .user {
    color: var(--_text-muted);
    font-size: 0.9375em;
  }

  .agent {
    font-family: var(--_font-voice);
    font-size: 1.125em;
    line-height: 1.4;
  }

  .user.live {
    color: var(--_text);
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
