/** The words around pictures that go along. */
export const pictureStrings = {
  showThis: 'Ask about this picture',
  showQuestion: 'What do you see in this picture?',
};
