import type { Port } from './session/bridge.ts';
import { serveVoice } from './voice.ts';

/** The voice host: in a Worker of its own, where a busy page cannot make the sound late, or imported by the page that has to be its host. */

export { serveVoice };

if ('WorkerGlobalScope' in globalThis) serveVoice(globalThis as unknown as Port).subscribe();
