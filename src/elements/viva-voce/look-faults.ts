import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';
import type { Launcher } from './launcher.ts';

/** Attributes of the look that take one of a few words: any other shows the default, so whoever wrote it has to be told. */

const words = {
  variant: 'launcher compact expanded inline full kiosk bare tiny floating sidebar embedded',
  placement:
    'bottom-end bottom-start top-end top-start bottom top bottom-left bottom-right top-left top-right start end left right',
  'color-scheme': 'auto light dark',
  radius: 'pill round soft sharp',
  density: 'compact normal spacious',
  feedback: 'answers conversation both none',
} as const;

/** A page that goes on making mistakes is not told for ever. */
const MOST = 50;

/** The properties of `<viva-voce>` that are looked at. */
export type Look = Pick<Launcher, 'variant' | 'placement' | 'colorScheme' | 'radius' | 'density' | 'feedback'>;

/** `bad-option` with the attribute's name in `field`, for each that has another word than those it takes. */
export function lookFaults({ variant, placement, colorScheme, radius, density, feedback }: Look): readonly AssistantError[] {
  const values = { variant, placement, 'color-scheme': colorScheme, radius, density, feedback };
  return (Object.keys(words) as (keyof typeof words)[]).flatMap((field) => {
    const value = values[field];
    const among = words[field].split(' ');
    if (!value || among.includes(value)) return [];
    return [new AssistantError('bad-option', `${field}: “${value}” is none of ${among.join(', ')}`, { field })];
  });
}

/** Tells the page of each once, now and after any change. */
export function tellLookFaults(host: Launcher): void {
  const told = new Set<string>();
  host.addController({
    hostUpdated: () => {
      const fresh = lookFaults(host).filter(({ message }) => told.size < MOST && !told.has(message));
      for (const fault of fresh) {
        told.add(fault.message);
        host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
      }
    },
  });
}
