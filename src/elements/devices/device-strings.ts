/** The words of the device menu. */
export const deviceStrings = {
  level: 'Sound level',
  microphone: 'Microphone',
  speaker: 'Speaker',
  cameraDevice: 'Camera',
  browserChoice: 'Browser’s choice',
  volume: 'Volume',
  granted: 'In use',
  echoCancellation: 'echo cancelling',
  noiseSuppression: 'noise reduction',
  autoGainControl: 'level control',
  on: 'on',
  off: 'off',
  unknown: 'not told',
  report: 'Copy a report for support',
  reported: 'Copied',
};
