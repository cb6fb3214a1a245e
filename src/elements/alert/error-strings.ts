import type { ErrorCode } from '../../shared/errors.ts';

/** Each failure's own sentence, which says what to do; the buttons below it are chosen in `way-on.ts`. */

export type ErrorKey = `error-${ErrorCode}`;

export const errorStrings: Record<ErrorKey, string> = {
  'error-microphone-denied': 'Your browser is keeping the microphone closed. Allow it beside the address bar, then try again.',
  'error-microphone-missing': 'No microphone was found. Plug one in, then try again.',
  'error-microphone-busy': 'Another program is using the microphone. Close it there, then try again.',
  'error-microphone-blocked': 'This page is not permitted to use the microphone. You can still write.',
  'error-microphone-lost': 'The microphone went away. Connect it again or choose another one.',
  'error-insecure-page': 'Browsers only open the microphone on secure pages (https). You can still write.',
  'error-audio-blocked': 'Your browser is holding the sound back until you say so.',
  'error-worklet-failed': 'This page’s security rules stopped our sound module. You can still write.',
  'error-worker-failed': 'A part of the assistant did not start. Trying again usually helps.',
  'error-camera-denied': 'Your browser is keeping the camera closed. Allow it beside the address bar, then try again.',
  'error-camera-missing': 'No camera was found that could be used.',
  'error-screen-denied': 'Nothing was shared. Choose a window or a tab to show it.',
  'error-offline': 'You are offline. As soon as your connection is back, try again.',
  'error-token-refused': 'This page was not given access to the assistant. Reload the page, then try again.',
  'error-origin-refused': 'The assistant does not answer on this website. Its owner has to add this address to the allowed ones.',
  'error-socket-refused': 'The assistant cannot be reached right now. Try again in a moment.',
  'error-socket-closed': 'The connection broke off. Try again to carry on.',
  'error-server-busy': 'Everyone is talking at once and all lines are taken. Try again in a minute.',
  'error-server-error': 'The assistant stumbled. Try again.',
  'error-session-expired': 'This conversation reached its time limit. Start a new one to carry on.',
  'error-quota-exceeded': 'The assistant’s allowance is used up for now. Please come back later.',
  'error-rate-limited': 'That was a lot at once. Wait a few seconds, then try again.',
  'error-model-unknown': 'The assistant is set up for a model that does not exist here. Its owner has to choose another one.',
  'error-dialect-refused': 'The assistant and its server do not speak the same protocol. Its owner has to change the settings.',
  'error-bad-message': 'The server sent something the assistant does not understand. Try again.',
  'error-bad-option': 'The assistant is not set up correctly on this page. Its owner has to change the settings.',
  'error-unsupported': 'This browser or this page cannot do that.',
  'error-tool-failed': 'A step the assistant tried on this page did not work. Ask again, or do it by hand.',
  'error-timed-out': 'The answer took too long. Try again.',
};
