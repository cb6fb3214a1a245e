import type { Epoch, Part } from '../recording/segmenter.ts';

/** What a decoder is fed: the parts of one epoch in order, then those of the next. */
export type TapInput = { readonly type: 'epoch'; readonly epoch: Epoch } | { readonly type: 'part'; readonly part: Part };
