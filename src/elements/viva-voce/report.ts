import type { Assistant } from '../../session/assistant.ts';
import type { Behavior } from '../../shared/behavior.ts';
import { VivaDeviceChangeEvent, VivaErrorEvent, VivaStateChangeEvent } from '../events.ts';
import { AssistantValue, noDevices, noPictures, SessionValue, silence } from '../session-value.ts';
import type { Launcher } from './launcher.ts';

/** A closed panel shows that the microphone is open; what shows it is fetched so much later than the first sound, which has to be answered. */
const HEARD_MS = 500;
/** A microphone that is not open by then waits for its visitor's answer: one that was allowed before is, also on a slow machine. */
const ASKED_MS = 1_500;

/** Tells the page by events and attributes what happens in a conversation, and fetches what its first words or failures need. */
export function report(host: Launcher): void {
  /** What tells of words, and what shows them. When it cannot be fetched, the panel keeps its own short line, and the next event tries again. */
  const words = (cause?: Event): void => {
    import('./telling.ts').then(({ tell }) => tell(host, cause)).catch(reportError);
  };
  // First of all: what a conversation that already goes on has to tell, is told as soon as it is followed.
  if (document.querySelector('viva-captions, viva-transcript, viva-visualizer') !== null) words();
  host.addEventListener('viva-error', words);
  const tell = (event: Event): unknown => host.dispatchEvent(event);
  new SessionValue(
    host,
    (state) => state,
    (now, before) => {
      const { phase, muted, microphone } = now;
      if (phase !== before.phase) {
        host.state = phase;
        tell(new VivaStateChangeEvent(phase, before.phase));
      }
      // A state that comes out of a Worker has a transcript of its own every time, also while there is none.
      if ((now.transcript.length > 0 && now.transcript !== before.transcript) || now.userSpeaking !== before.userSpeaking)
        words();
      if (microphone === 'asking')
        setTimeout(() => {
          if (host.assistant?.state.value.microphone === 'asking') words();
        }, ASKED_MS);
      // Nothing was measured before an answer: what tells of it is fetched then, and tells the page from there on.
      if (now.latency !== before.latency || now.usage !== before.usage)
        import('./metering.ts').then(({ Metering }) => Metering.of(host)).catch(reportError);
      for (const kind of ['error', 'notice'] as const) {
        const facts = now[kind];
        if (facts !== null && facts !== before[kind]) tell(new VivaErrorEvent(facts));
      }
      if (muted !== before.muted) host.muted = muted;
    },
  );
  new AssistantValue(
    host,
    (assistant) => assistant.devices,
    (devices) => devices.list,
    noDevices,
    (list) => tell(new VivaDeviceChangeEvent(list)),
  );
  new AssistantValue(
    host,
    (assistant) => assistant.levels,
    ({ input }) => input > 0,
    silence,
    () => {
      setTimeout(() => {
        host.heard = true;
        host.requestUpdate();
      }, HEARD_MS);
    },
  );
  pictureFlag(host, 'camera', (on) => (host.cameraOn = on));
  pictureFlag(host, 'screen', (on) => (host.screenOn = on));
}

function pictureFlag(host: Launcher, kind: 'camera' | 'screen', changed: (on: boolean) => void): void {
  const of = (assistant: Assistant): Behavior<typeof noPictures> => assistant.pictures;
  new AssistantValue(host, of, (pictures) => pictures[kind] !== null, noPictures, changed);
}
