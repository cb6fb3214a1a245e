import type { NewTaskWish, PastTaskWish } from '../../session/tasks.ts';
import { momentOf } from '../streams/form-wishes.ts';

/** What the form of a task says, as wishes. Pure. */

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const orNull = (value: string): string | null => (value === '' ? null : value);

/** Null: no moment is said, which the form itself does not let pass. */
export function newTaskWish(form: FormData, image: Blob | null): NewTaskWish | null {
  const startMs = momentOf(form, 'start');
  if (startMs === null) return null;
  return {
    url: text(form, 'url'),
    name: text(form, 'name'),
    startMs,
    entity: orNull(text(form, 'entity')),
    prompt: orNull(text(form, 'prompt')),
    image,
  };
}

export function pastTaskWish(form: FormData, image: Blob | null): PastTaskWish | null {
  const startMs = momentOf(form, 'start');
  if (startMs === null) return null;
  return {
    url: text(form, 'url'),
    name: text(form, 'name'),
    startMs,
    report: text(form, 'report'),
    hostName: orNull(text(form, 'host')),
    entity: orNull(text(form, 'entity')),
    image,
  };
}
