import type { Hearing, Speaking } from '../engines/engine.ts';

/** Which languages (BCP 47) the engines hear and speak. */

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

/** True when the engine hears this language, or when none is said. */
export const hears = (hear: Pick<Hearing, 'languages'>, language: string | undefined): boolean =>
  language === undefined || hear.languages.includes(primary(language));

/** True also for an engine that does not tell what it speaks, and when no language is said. */
export const speaks = (speak: Pick<Speaking, 'languages'>, language: string | undefined): boolean =>
  language === undefined || speak.languages === undefined || speak.languages.map(primary).includes(primary(language));
