import { css } from 'lit';

/** The colours of severities, legible on either ground. */
export const severityStyles = css`
  :host {
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
