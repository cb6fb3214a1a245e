import { css } from 'lit';

/** The colours of severities, legible on either ground. */
export const severityStyles = css`
  :host {
    --_info: light-dark(#1f5d8f, #9cc9f0);
    --_warning: light-dark(#8a5a06, #f0c67c);
    --_critical: var(--_error);
  }

  .info {
    --_severity: var(--_info);
  }

  .warning {
    --_severity: var(--_warning);
  }

  .critical {
    --_severity: var(--_critical);
  }

  .sign {
    color: var(--_severity);
  }
`;
