import type { CaptureChannelId } from '../../shared/capture.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** The words around a recorder. */
export const recorderStrings = {
  recorderTitle: 'Record',
  recorderChoose: 'What is recorded',
  recorderMicrophone: 'Microphone',
  recorderCamera: 'Camera',
  recorderScreen: 'Screen, window or tab',
  recorderSystemAudio: 'Sound of what is shared',
  recorderStart: 'Start recording',
  recorderAgain: 'Record again',
  recorderPause: 'Pause',
  recorderResume: 'Go on',
  recorderStop: 'Stop recording',
  recorderNothing: 'Choose at least one.',
  recorderElapsed: 'Recorded',
  recorderPreview: 'Your {what}, as it is recorded',
  'recorderPhase-idle': 'Nothing is recorded.',
  'recorderPhase-asking': 'Your browser asks for permission.',
  'recorderPhase-recording': 'Recording',
  'recorderPhase-paused': 'Paused: nothing is recorded.',
  'recorderPhase-stopping': 'Stopped. The rest is being saved…',
  'recorderPhase-stopped': 'Saved.',
  'recorderPhase-error': 'The recording has ended.',
  'recorderChannel-recording': 'is recorded',
  'recorderChannel-stopped': 'stopped',
  'recorderChannel-lost': 'went away',
  'recorderChannel-unshared': 'is no longer shared',
  'recorderChannel-failed': 'could not be recorded any more',
  recorderRefused: 'is not recorded: {why}',
  recorderLinkConnecting: 'Connecting',
  recorderLinkUp: 'Saved as you go',
  recorderLinkLost: 'Connection lost: {seconds} s are kept here. Trying again.',
  recorderBuffered: '{seconds} s not saved yet',
  recorderDropped: '{seconds} s were lost while there was no connection.',
  recorderMark: 'Recording: {what}',
  recorderMarkPaused: 'Recording paused: {what}',
  recorderDismiss: 'Dismiss',
};

export type RecorderStrings = typeof recorderStrings;

/** How a channel is called. */
export const channelWord: Readonly<
  Record<CaptureChannelId, 'recorderMicrophone' | 'recorderCamera' | 'recorderScreen' | 'recorderSystemAudio'>
> = {
  mic: 'recorderMicrophone',
  camera: 'recorderCamera',
  screen: 'recorderScreen',
  system_audio: 'recorderSystemAudio',
};

export type RecorderErrorKey = `recorder-error-${ErrorCode}`;

/** Each failure's own sentence where somebody wants to record; it says what to do. */
export const recorderErrorStrings: Record<RecorderErrorKey, string> = {
  'recorder-error-microphone-denied':
    'Your browser keeps the microphone closed. Allow it beside the address bar, then try again.',
  'recorder-error-microphone-missing': 'No microphone was found. Plug one in, then try again.',
  'recorder-error-microphone-busy': 'Another program is using the microphone. Close it there, then try again.',
  'recorder-error-microphone-blocked': 'This page is not permitted to use the microphone. Record without it, or ask its owner.',
  'recorder-error-microphone-lost': 'The microphone went away. Connect it again, then record again.',
  'recorder-error-camera-denied': 'Your browser keeps the camera closed. Allow it beside the address bar, then try again.',
  'recorder-error-camera-missing': 'No camera was found that could be used. Plug one in, or record without it.',
  'recorder-error-screen-denied': 'Nothing was chosen to be shared. Try again and choose a screen, window or tab.',
  'recorder-error-insecure-page': 'Browsers record on secure pages only. Open this page with https.',
  'recorder-error-audio-blocked': 'Your browser is holding the sound back until you press the button.',
  'recorder-error-worklet-failed': 'This page’s security rules stopped a part of the recorder. Its owner has to allow it.',
  'recorder-error-worker-failed': 'A part of the recorder did not start. Trying again usually helps.',
  'recorder-error-offline': 'You are offline. What is recorded is kept for half a minute and saved when you are back.',
  'recorder-error-token-refused': 'This page may not record here any more. Reload it, then try again.',
  'recorder-error-origin-refused': 'The server does not take recordings from this website. Its owner has to add its address.',
  'recorder-error-socket-refused': 'The server cannot be reached. Try again in a moment.',
  'recorder-error-socket-closed': 'The connection broke off. What was saved by then is kept.',
  'recorder-error-server-busy': 'The server takes no more just now. Trying again.',
  'recorder-error-server-error': 'Something failed on the server. What was saved by then is kept.',
  'recorder-error-session-expired': 'This recording has been ended from elsewhere. What was saved by then is kept.',
  'recorder-error-quota-exceeded': 'There is no room for more recordings. Please come back later.',
  'recorder-error-rate-limited': 'That was a lot at once. Wait a few seconds, then try again.',
  'recorder-error-model-unknown': 'The server is not set up correctly. Its owner has to change the settings.',
  'recorder-error-dialect-refused':
    'This page and the server do not speak the same protocol. Its owner has to change the settings.',
  'recorder-error-bad-message': 'This page and the server do not understand each other. Try again.',
  'recorder-error-bad-option': 'The recorder is not set up correctly on this page. Its owner has to change the settings.',
  'recorder-error-unsupported': 'This browser or what was chosen cannot be recorded.',
  'recorder-error-tool-failed': 'A step did not work. Try again.',
  'recorder-error-timed-out': 'The server took too long to answer. Try again.',
};
