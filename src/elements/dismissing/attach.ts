import type { Extra } from '../viva-voce/extras.ts';
import { Dismissing } from '../viva-voce/dismissing.ts';
import type { Launcher } from '../viva-voce/launcher.ts';

/** What `<viva-voce dismissible>` and `dismissed` load. */
export const attach = (host: Launcher): Extra => new Dismissing(host);
