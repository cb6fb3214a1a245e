import { vi } from 'vitest';

/** Conditions are waited for longer than Vitest's one second: that costs nothing where they come, and a machine may be busy. */

const WAIT_MS = 15_000;
const PATIENT = Symbol.for('viva-voce.patient');

// Files that share a process share `vi`.
if (!(PATIENT in vi)) {
  const { waitFor, waitUntil } = vi;
  const patient = <O extends { readonly timeout?: number }>(wished: number | O = {} as O): O | { readonly timeout: number } =>
    typeof wished === 'number' ? { timeout: wished } : { timeout: WAIT_MS, ...wished };
  Object.assign(vi, {
    [PATIENT]: true,
    waitFor: ((callback, options) => waitFor(callback, patient(options))) satisfies typeof waitFor,
    waitUntil: ((callback, options) => waitUntil(callback, patient(options))) satisfies typeof waitUntil,
  });
}
