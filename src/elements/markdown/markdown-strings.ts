import { captionStrings } from '../captions/caption-strings.ts';
import { chatStrings } from '../chat/chat-strings.ts';

/** The words around an answer that can be copied. */
export const markdownStrings = { ...chatStrings, captionsNotCopied: captionStrings.captionsNotCopied };
