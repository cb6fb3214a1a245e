import { VivaTool } from './tool.ts';

if (customElements.get('viva-tool') === undefined) customElements.define('viva-tool', VivaTool);
