/** The words around what is said and what fails. */
export const wordStrings = {
  you: 'You',
  assistant: 'Assistant',
  system: 'Note',
  tool: 'Step',
  interrupted: 'cut here',
  failed: 'not understood',
  picture: 'Picture you showed',
  sources: 'From',
  latest: 'Newest',
  transcript: 'Conversation',
  captions: 'Live captions',
  retry: 'Try again',
  writeInstead: 'Write instead',
  soundOn: 'Turn sound on',
  newConversation: 'Start a new one',
  dismiss: 'Dismiss',
};
