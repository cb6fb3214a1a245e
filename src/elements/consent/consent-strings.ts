/** The words that stand before a conversation when the page asks for consent. */
export const consentStrings = {
  consentTitle: 'Before you begin',
  consentText: 'What you say and write goes to {host}, which answers it. Nothing is sent or recorded before you agree.',
  consentAccept: 'Agree and begin',
  consentDecline: 'Not now',
  consentDeclined: 'You did not agree. Nothing was sent.',
  consentAgain: 'Ask me again',
  consentWithdraw: 'Withdraw my consent',
  consentWithdrawn: 'Your consent was withdrawn.',
  privacyPage: 'Privacy policy',
};
