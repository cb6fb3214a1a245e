import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { ConsentGate } from '../viva-voce/consent-gate.ts';

/** What `<viva-voce consent="…">` loads. */
export const attach = (host: Launcher): Extra => new ConsentGate(host);
