/** The words of alerts of a stream. */
export const alertListStrings = {
  alerts: 'Alerts',
  alertsNone: 'No alerts so far.',
  alertsSee: 'See it',
  alertsSeeHint: 'See it: {label}, {time}',
  alertsDismiss: 'Dismiss',
  alertsAcknowledge: 'Done',
  alertsAcknowledged: 'Seen',
  alertsAcknowledgeAll: 'Mark all as done',
  alertsToLive: 'Go to live',
  alertsMuteLabel: 'Mute',
  alertsMute: 'Mute “{label}”',
  alertsUnmute: 'Unmute “{label}”',
  alertsLabels: 'Kinds of alert',
  alertsHidden: 'Show muted ones',
  alertsMore: 'and {count} more in the list',
  alertsOlder: 'Older alerts',
  alertsConfidence: '{percent} % certain',
  alertsArrived: 'told {seconds} s later',
  alertsArrivedAt: 'told at {time}',
  'alertsSeverity-info': 'Notice',
  'alertsSeverity-warning': 'Warning',
  'alertsSeverity-critical': 'Critical',
};

export type AlertListStrings = typeof alertListStrings;
