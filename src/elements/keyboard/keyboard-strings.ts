/** The names of keys on the keyboard on the screen. */
export const keyboardStrings = {
  keyboard: 'Keyboard',
  keyboardShow: 'Show the keyboard',
  keyboardHide: 'Hide the keyboard',
  keyShift: 'Capital letters',
  keyBackspace: 'Delete the last letter',
  keyEnter: 'Send',
  keySpace: 'Space',
  keySymbols: 'Numbers and signs',
  keyLetters: 'Letters',
};
