import { BehaviorSubject } from 'rxjs';
import { idleCapture, type CaptureState, type Recorder, type RecorderChoice } from '../../src/session/recorder.ts';

/** A recorder that only shows what it is told to, and remembers what was asked of it. */
export interface FakeRecorder extends Recorder {
  readonly asked: (string | RecorderChoice)[];
  show(state: Partial<CaptureState>): void;
}

export function fakeRecorder(): FakeRecorder {
  const state = new BehaviorSubject<CaptureState>(idleCapture);
  const asked: (string | RecorderChoice)[] = [];
  return {
    state,
    asked,
    show: (more) => state.next({ ...state.value, ...more }),
    start: (choice) => void asked.push(choice),
    pause: () => void asked.push('pause'),
    resume: () => void asked.push('resume'),
    stop: () => void asked.push('stop'),
    dispose: () => void asked.push('dispose'),
  };
}
