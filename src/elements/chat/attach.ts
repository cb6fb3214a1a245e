import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { Keeping } from './keeping.ts';

/** What `<viva-voce resume="…">` loads. */
export const attach = (host: Launcher): Extra => new Keeping(host);
