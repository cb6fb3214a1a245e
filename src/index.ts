/** The public API: importing it has no side effect, in a browser or in Node. Tags are registered by `viva-voce/define`. */

export { createAssistant } from './edges.ts';
export { VivaAlertList } from './elements/alert-list/alert-list.ts';
export { VivaAlertToasts } from './elements/alert-toasts/alert-toasts.ts';
export { VivaAlert } from './elements/alert/alert.ts';
export { VivaAlerts } from './elements/alerts/alerts.ts';
export { VivaAlertEvent } from './elements/alerts/viva-alert-event.ts';
export { VivaAnnouncer } from './elements/announcer/announcer.ts';
export { VivaCaptionRows } from './elements/caption-rows/caption-rows.ts';
export { VivaCaptionEvent } from './elements/caption-event.ts';
export type { CaptionWishes, ConnectCaptions } from './elements/captions/caption-wishes.ts';
export { type PushedCaption, VivaCaptions } from './elements/captions/captions.ts';
export { VivaComposer } from './elements/composer/composer.ts';
export * from './elements/consent/consent-events.ts';
export * from './elements/feedback/feedback-events.ts';
export * from './elements/kiosk/kiosk-events.ts';
export * from './elements/dismissing/dismiss-event.ts';
export { VivaDismiss } from './elements/dismissing/dismiss.ts';
export * from './elements/level/level-event.ts';
export * from './elements/told-events.ts';
export { VivaDiagnosis } from './elements/diagnosis/diagnosis.ts';
export { VivaKeyboard } from './elements/keyboard/keyboard.ts';
export { VivaKioskAttract } from './elements/kiosk-attract/kiosk-attract.ts';
export { VivaKioskIdle } from './elements/kiosk-idle/kiosk-idle.ts';
export { VivaKioskKeeper } from './elements/kiosk-keeper/kiosk-keeper.ts';
export { VivaKioskMenu } from './elements/kiosk-menu/kiosk-menu.ts';
export type { KioskHealth } from './pipelines/kiosk-health.ts';
export { VivaControls } from './elements/controls/controls.ts';
export { VivaDeviceNews } from './elements/device-news/device-news.ts';
export { type ConnectTests, VivaDeviceTest } from './elements/device-test/device-test.ts';
export { VivaDevices } from './elements/devices/devices.ts';
export * from './elements/events.ts';
export type { InterpreterWishes } from './elements/interpreter/interpreter-properties.ts';
export { VivaInterpreter } from './elements/interpreter/interpreter.ts';
export * from './elements/metrics/metrics-events.ts';
export { VivaMetrics } from './elements/metrics/metrics.ts';
export type { Prices } from './elements/metrics/prices.ts';
export { VivaLiveCaptions } from './elements/live-captions/live-captions.ts';
export { VivaPictures } from './elements/pictures/pictures.ts';
export { VivaPlayerTimeline } from './elements/player-timeline/player-timeline.ts';
export { VivaPlayerTranscript } from './elements/player-transcript/player-transcript.ts';
export type { AddedAlert, AddedCaption } from './elements/player/player-content.ts';
export { VivaPlayer } from './elements/player/player.ts';
export { type Conversation, conversationContext } from './elements/conversation.ts';
export { AssistantValue, SessionValue } from './elements/session-value.ts';
export * from './elements/recorder/events.ts';
export type { ConnectRecorder, RecorderWishes } from './elements/recorder/recorder-properties.ts';
export { VivaRecorder } from './elements/recorder/recorder.ts';
export { VivaRecordingMark } from './elements/recording-mark/recording-mark.ts';
export { VivaResizer } from './elements/resizing/resizer.ts';
export { VivaStatus } from './elements/status/status.ts';
export { VivaPanel } from './elements/panel/panel.ts';
export { VivaStill } from './elements/still/still.ts';
export { english, type Strings } from './elements/english.ts';
export { VivaStreams } from './elements/streams/streams.ts';
export { VivaTaskReport } from './elements/task-report/task-report.ts';
export * from './elements/tasks/task-events.ts';
export type { ConnectTasks, TaskWishes } from './elements/tasks/task-properties.ts';
export { VivaTasks } from './elements/tasks/tasks.ts';
export { VivaPageActionEvent } from './elements/page-actions/page-action-events.ts';
export { VivaPageActions } from './elements/page-actions/page-actions.ts';
export { VivaToolCallEvent } from './elements/tool/tool-call-event.ts';
export { VivaTool } from './elements/tool/tool.ts';
export { VivaTranscript } from './elements/transcript/transcript.ts';
export { VivaAvatar } from './elements/avatar/avatar.ts';
export { VivaVisualizer } from './elements/visualizer/visualizer.ts';
export { VivaVoce } from './elements/viva-voce/viva-voce.ts';
export type { Assistant, Device, Devices, GrantedAudio, Levels, LiveStream, Pictures } from './session/assistant.ts';
export { capture, type CaptureOptions, createRecorder, type RecorderOptions } from './recorder-edges.ts';
export type { CaptureControl } from './video/recorder.ts';
export type { CapturedChannel, CaptureRefusal, CaptureState, LivePicture, Recorder, RecorderChoice } from './session/recorder.ts';
export type { CaptureChannelId, CaptureEnd, UploadProgress } from './shared/capture.ts';
export type { CaptionLine, CaptionText } from './pipelines/caption-lines.ts';
export type { CaptionSource, CaptionSourceState } from './session/caption-source.ts';
export type { AssistantOptions, BargeIn, Token, TokenReason, Tool, TurnMode } from './session/options.ts';
export type { Entry, Latency, MicrophoneState, Phase, SessionState } from './session/state.ts';
export type { ConnectFeed, FeedOptions, ReadCaptionFile, TextFile, WatchPicture } from './session/player.ts';
export type {
  LivestreamTask,
  NewTaskWish,
  PastTaskWish,
  TaskDetail,
  TaskList,
  TaskQuery,
  TasksDesk,
  TasksState,
  TaskStatus,
} from './session/tasks.ts';
export type { Behavior } from './shared/behavior.ts';
export { AssistantError, type ErrorCode, type ErrorFacts } from './shared/errors.ts';
export type { CaptionRendition, PictureQuality, PlayedFragment, PlayerCommand, PlayerEvent } from './shared/player-event.ts';
export type {
  StreamAlert,
  StreamCaption,
  StreamCaptionTranslation,
  StreamFeed,
  StreamFeedEvent,
  StreamScene,
  StreamStatus,
} from './shared/stream-feed.ts';
export type {
  AssistantSettings,
  Citation,
  EffectiveSettings,
  InterruptCause,
  ToolDeclaration,
  TurnDetection,
  Usage,
} from './shared/wire.ts';
