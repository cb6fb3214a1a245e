import type { ErrorCode } from '../../shared/errors.ts';

/** Each failure's own sentence where somebody wants captions or an interpreter; it says what to do. */

export type InterpreterErrorKey = `interpreter-error-${ErrorCode}`;

export const interpreterErrorStrings: Record<InterpreterErrorKey, string> = {
  'interpreter-error-microphone-denied':
    'Your browser is keeping the microphone closed. Allow it beside the address bar, then try again.',
  'interpreter-error-microphone-missing': 'No microphone was found. Plug one in, then try again.',
  'interpreter-error-microphone-busy': 'Another program is using the microphone. Close it there, then try again.',
  'interpreter-error-microphone-blocked':
    'This page is not permitted to use the microphone. Its owner has to allow it; captions of others can still be followed.',
  'interpreter-error-microphone-lost': 'The microphone went away. Connect it again, then try again.',
  'interpreter-error-insecure-page': 'Browsers only open the microphone on secure pages. Open this page with https.',
  'interpreter-error-audio-blocked': 'Your browser is holding the sound back until you press the button.',
  'interpreter-error-worklet-failed': 'This page’s security rules stopped our sound module. Its owner has to allow it.',
  'interpreter-error-worker-failed': 'A part of the interpreter did not start. Trying again usually helps.',
  'interpreter-error-camera-denied': 'Your browser is keeping the camera closed.',
  'interpreter-error-camera-missing': 'No camera was found that could be used.',
  'interpreter-error-screen-denied': 'Nothing was shared. Choose a window or a tab to hear it.',
  'interpreter-error-offline': 'You are offline. As soon as your connection is back, try again.',
  'interpreter-error-token-refused': 'This page was not given access. Reload it, then try again.',
  'interpreter-error-origin-refused':
    'The interpreter does not work on this website. Its owner has to add this address to the allowed ones.',
  'interpreter-error-socket-refused': 'The interpreter cannot be reached right now. Try again in a moment.',
  'interpreter-error-socket-closed': 'The connection broke off. Try again to carry on; what was said stays.',
  'interpreter-error-server-busy': 'All lines are taken right now. Try again in a minute.',
  'interpreter-error-server-error': 'Something went wrong at the interpreter. Try again; what was said stays.',
  'interpreter-error-session-expired': 'The time limit was reached. Try again to carry on; what was said stays.',
  'interpreter-error-quota-exceeded': 'The allowance is used up for now. Please come back later.',
  'interpreter-error-rate-limited': 'That was a lot at once. Wait a few seconds, then try again.',
  'interpreter-error-model-unknown': 'This pair of languages is not available here. Choose another one, then try again.',
  'interpreter-error-dialect-refused': 'This page and its server do not speak the same protocol. Its owner has to change it.',
  'interpreter-error-bad-message': 'The server sent something that is not understood. Try again.',
  'interpreter-error-bad-option': 'Something is set up wrongly on this page. Its owner has to change it.',
  'interpreter-error-unsupported': 'This is not available here. Choose other languages, or another browser.',
  'interpreter-error-tool-failed': 'A step did not work. Try again.',
  'interpreter-error-timed-out': 'It took too long. Try again.',
};
