import type { VivaRecorder } from '../../src/elements/recorder/recorder.ts';

/** Tells which session was saved, so that it can be looked up by an SDK. */

const recorder = document.querySelector<VivaRecorder>('viva-recorder');
const session = document.querySelector('#session');

recorder?.addEventListener('viva-recorded', ({ sessionId }) => {
  if (session !== null) session.textContent = sessionId;
});
