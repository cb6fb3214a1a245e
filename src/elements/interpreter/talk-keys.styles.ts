import { css } from 'lit';

/** The two big buttons of two people. */
export const talkKeyStyles = css`
  .people {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 7em), 1fr));
    gap: var(--_s2);
    inline-size: 100%;
  }

  .hold {
    flex-direction: column;
    gap: var(--_s0);
    min-block-size: calc(2 * var(--_target));
    padding: var(--_s3);
    border-radius: calc(var(--_msg-radius) + 4px);
    border: 2px solid var(--_primary);
    background: var(--_bg-raised);
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }

  .hold strong {
    font: 500 var(--_large) / 1.25 var(--_font-voice);
    overflow-wrap: anywhere;
  }

  .hold span {
    font-size: var(--_note);
  }

  /* The longer words of a key that is held may take a second row: the key does not grow under the finger. */
  @container (max-width: 430px) {
    .hold span {
      display: grid;
      place-items: center;
      min-block-size: 2.6em;
      line-height: 1.3;
    }
  }

  .hold.pressed {
    background: var(--_primary);
    color: var(--_on-primary);
    scale: 1;
  }

  .hold[aria-disabled='true'] {
    border-color: var(--_control);
    border-style: dashed;
    color: var(--_text-muted);
    cursor: default;
  }
`;
