import { css, html } from 'lit';

/** A button that opens a small sheet beside itself; built on `<details>`, so that it is one to every reader. */

/** `label` is said, `icon` seen. The sheet hangs on the bar around the button, and closes by Escape, by a press outside, and when the focus leaves. */
export const menu = (name: string, label: string, icon: unknown, content: unknown) =>
  html`<details class="menu ${name}" @keydown=${escape} @focusout=${left} @toggle=${opened}>
    <summary class="icon" aria-label=${label} title=${label}>${icon}</summary>
    <div class="sheet" role="group" aria-label=${label}>${content}</div>
  </details>`;

/** Closes what is open below `root`; the focus goes back to its button. */
export function closeMenus(root: ParentNode): void {
  for (const open of root.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
    open.open = false;
    open.querySelector('summary')?.focus();
  }
}

function escape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !details.open) return;
  details.open = false;
  details.querySelector('summary')?.focus();
  event.stopPropagation();
}

function left(event: FocusEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  // A list of options that the browser draws itself takes the focus to nowhere.
  if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) details.open = false;
}

/** While it is open, a press anywhere else closes it. */
function opened(event: Event): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.open) return;
  const away = (press: Event): void => {
    if (press.composedPath().includes(details)) return;
    details.open = false;
  };
  document.addEventListener('pointerdown', away);
  details.addEventListener('toggle', () => document.removeEventListener('pointerdown', away), { once: true });
}

export const menuStyles = css`
  /* Signs grow with what they stand on. */
  :is(button, summary) svg {
    inline-size: calc(var(--_target) / 2);
    block-size: calc(var(--_target) / 2);
  }

  .sheet button svg {
    inline-size: 22px;
    block-size: 22px;
  }

  .menu summary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    block-size: var(--_target);
    border-radius: var(--_btn-radius);
    cursor: pointer;
    list-style: none;
    touch-action: manipulation;
  }

  .menu summary::-webkit-details-marker {
    display: none;
  }

  .menu summary:hover,
  .menu[open] summary {
    background: var(--_bg-hover);
  }

  .menu summary:focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
  }

  .sheet {
    position: absolute;
    z-index: 2;
    inset-inline-end: 0;
    inset-block-start: calc(100% + 6px);
    display: grid;
    gap: var(--_s2);
    inline-size: max-content;
    min-inline-size: min(220px, 100%);
    max-inline-size: 100%;
    padding: var(--_s4);
    border-radius: var(--_msg-radius);
    border: 1px solid var(--_border);
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
    color: var(--_text);
    font-size: var(--_note);
  }

  .sheet button {
    justify-content: flex-start;
    padding-inline: var(--_s3);
    border-radius: 10px;
  }

  .sheet.list {
    gap: var(--_s0);
  }

  .sheet label {
    display: grid;
    gap: var(--_s1);
  }

  .sheet label > span {
    font-size: var(--_note);
    font-weight: 600;
    color: var(--_text-muted);
  }

  select {
    min-inline-size: 0;
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 0 var(--_s3);
    border: 1px solid var(--_control);
    border-radius: 12px;
    background: var(--_bg-input);
    text-overflow: ellipsis;
  }
`;
