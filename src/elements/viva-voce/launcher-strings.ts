/** The few words the launcher needs before anything else is loaded. */
export const launcherStrings = {
  launcher: 'Ask us',
  launcherHint: 'Open the voice assistant',
  launcherLive: 'Back to the conversation',
  loading: 'Opening…',
  loadFailed: 'The assistant could not be loaded. Check your connection, then press again.',
};
