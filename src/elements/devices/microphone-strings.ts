/** The words that say whether the microphone is open; a closed panel shows them too. */
export const microphoneStrings = {
  microphoneOpen: 'The microphone is open.',
  microphoneClosed: 'The microphone is closed.',
};
