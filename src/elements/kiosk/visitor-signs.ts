import { filter, map, merge, type Observable } from 'rxjs';
import { eventsOf } from '../../shared/events-of.ts';

/** What a person does at the device, anywhere on the page. */

export interface VisitorSign {
  readonly kind: 'touch' | 'key' | 'watching';
  readonly event: Event;
}

/** Keys that do nothing by themselves, and the one that only looks around. */
const SILENT_KEYS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'NumLock', 'Tab']);

const sign =
  (kind: VisitorSign['kind']) =>
  (event: Event): VisitorSign => ({ kind, event });

/** A film with sound that plays is being watched; a silent loop is decoration. */
const isWatched = ({ target }: Event): boolean => (target as { readonly muted?: boolean } | null)?.muted === false;

/** Touches, keys, and films that play, while subscribed. */
export const visitorSigns: Observable<VisitorSign> = merge(
  caught('pointerdown').pipe(map(sign('touch'))),
  caught('wheel').pipe(map(sign('touch'))),
  caught<KeyboardEvent>('keydown').pipe(
    filter(({ key }) => !SILENT_KEYS.has(key)),
    map(sign('key')),
  ),
  caught('timeupdate').pipe(filter(isWatched), map(sign('watching'))),
);

/** On the way down, so that nobody on the page can keep it from us. */
function caught<E extends Event>(type: string): Observable<E> {
  return eventsOf<E>(
    {
      addEventListener: (name, listener) => {
        window.addEventListener(name, listener as (event: Event) => void, { capture: true, passive: type !== 'keydown' });
      },
      removeEventListener: (name, listener) => {
        window.removeEventListener(name, listener as (event: Event) => void, { capture: true });
      },
    },
    type,
  );
}
