import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { Kiosk } from './kiosk.ts';

/** What `<viva-voce variant="kiosk">` loads. */
export const attach = (host: Launcher): Extra => new Kiosk(host);
