/** Units that must not be mixed up: milliseconds and audio samples, branded so the compiler tells them apart. */

declare const unit: unique symbol;

/** A duration or position in milliseconds. */
export type Ms = number & { readonly [unit]: 'ms' };

/** A count of, or position in, audio samples at a rate (Hz) that the holder knows. */
export type Samples = number & { readonly [unit]: 'samples' };

export const ms = (value: number): Ms => value as Ms;
export const samples = (value: number): Samples => value as Samples;

/** The duration of `count` samples at `rate` Hz, in ms (not rounded). */
export const samplesToMs = (count: Samples, rate: number): Ms => ms((count * 1000) / rate);

/** The whole samples that fit in `duration` ms at `rate` Hz. */
export const msToSamples = (duration: Ms, rate: number): Samples => samples(Math.floor((duration * rate) / 1000));
