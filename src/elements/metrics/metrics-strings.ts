/** The words of the panel that shows the connection, its delays and what it costs. */
export const metricsStrings = {
  metrics: 'Connection and cost',
  metricsRoundTrip: 'Round trip',
  metricsJitter: 'Jitter',
  metricsUnderruns: 'Gaps in the sound',
  metricsDropped: 'Sound that was not sent',
  metricsAnswer: 'From the end of speech to sound',
  metricsTokensIn: 'Tokens in',
  metricsTokensOut: 'Tokens out',
  metricsCost: 'Cost so far',
  metricsLimit: 'Limit',
  metricsLimitReached: 'The spending limit of {limit} is reached. The conversation has ended.',
  metricsNoPrices: 'No prices are set.',
  metricsGood: 'Good connection',
  metricsFair: 'Fair connection',
  metricsPoor: 'Poor connection',
  metricsMs: '{count} ms',
};
