/** The words of ratings: of one answer, and of the whole conversation. */
export const feedbackStrings = {
  feedbackGood: 'Good answer',
  feedbackBad: 'Bad answer',
  feedbackAsk: 'How was this conversation?',
  feedbackStars: '{count} of 5 stars',
  'feedbackStars#one': '1 of 5 stars',
  feedbackText: 'Anything you want to add (optional)',
  feedbackSend: 'Send',
  feedbackSkip: 'Skip',
  feedbackThanks: 'Thank you for your feedback.',
};
