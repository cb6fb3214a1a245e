/** The words of a launcher that a visitor can send away. */
export const dismissStrings = {
  launcherDismiss: 'Hide the assistant',
  launcherDismissed: 'The assistant is hidden.',
};
