import { VivaPageActions } from './page-actions.ts';

if (customElements.get('viva-page-actions') === undefined) customElements.define('viva-page-actions', VivaPageActions);
