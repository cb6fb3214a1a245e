/** The words for what the assistant does on the page. `{name}` is what the page calls the thing. */
export const actionStrings = {
  actions: 'On this page',
  'action-read': 'Read this page',
  'action-scroll': 'Scrolled to “{name}”',
  'action-highlight': 'Highlighted “{name}”',
  'action-focus': 'Went to “{name}”',
  'action-fill': 'Filled in “{name}”',
  'action-click': 'Pressed “{name}”',
  'action-navigate': 'Opened {name}',
  actionUndo: 'Undo',
  actionUndone: 'Undone: {what}',
  actionAsk: 'The assistant wants to press “{name}”.',
  actionAskNavigate: 'The assistant wants to open {name}.',
  actionAllow: 'Allow',
  actionRefuse: 'Do not allow',
  actionRefused: 'Not allowed: {what}',
  actionFailed: 'Did not work: {what}',
};
