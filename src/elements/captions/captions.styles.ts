import { css } from 'lit';

export const captionsStyles = css`
  :host {
    display: grid;
    gap: var(--_s2);
    font-size: var(--viva-caption-size, inherit);
  }

  :host([placement='bottom']),
  :host([placement='top']) {
    position: fixed;
    z-index: var(--_z);
    inset-inline: max(var(--_inset-inline), env(safe-area-inset-left), env(safe-area-inset-right));
    inset-block: auto calc(var(--_inset-block) + env(safe-area-inset-bottom));
    max-inline-size: 60rem;
    margin-inline: auto;
  }

  :host([placement='top']) {
    inset-block: calc(var(--_inset-block) + env(safe-area-inset-top)) auto;
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
    font-size: var(--_note);
  }

  .agent {
    font-family: var(--_font-voice);
    font-size: var(--_lead);
    line-height: 1.4;
  }

  .user.live {
    color: var(--_text);
  }

  /* Before its script is here it has its place already. */
  viva-live-captions:not(:defined) {
    display: block;
    min-block-size: 8em;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
