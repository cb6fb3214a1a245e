import '../../src/define.ts';
import type { LivestreamTask, TaskManuscript, TasksState } from '../../src/session/tasks.ts';
import { AssistantError, type ErrorCode } from '../../src/shared/errors.ts';
import { fakeDetail, fakeTask, FakeTasks, taskId } from './fake-tasks.ts';

/** A page on which a script fills `<viva-tasks>`, for somebody to look at or to measure. */

const events = [
  'Glasshouse opening',
  'Spring catalogue',
  'Autumn price list',
  'Rose trial results',
  'Soil seminar',
  'Members’ evening',
];
const hosts = ['Thistle Row', 'Garden Club', 'North Nursery', '小米汽车'];

const report = `# Glasshouse opening: what was said

The new east house opens on **1 December**. Two speakers showed the building and its prices.

## Prices

| What | Before | Now | From |
| --- | ---: | ---: | --- |
| Season ticket | 48 € | 42 € | 1 December |
| Workshop with tools | 25 € | 25 € | unchanged |
| Tomato seedlings, tray of 12 | 14 € | 11.50 € | 1 March |

## Announced

1. Heating by the neighbour’s compost (00:04:10)
2. A pond for the *water lilies* (00:07:32)
   - planted in April
   - open from May
3. ~~A café~~ not before next year

> “We will not heat with gas again.” 00:11:05

- [x] Opening date told
- [ ] Parking: not found in the broadcast

![The plan of the house](https://elsewhere.example/plan.png)

More on [the page of the house](https://example.org/house). <script>alert(1)</script>
`;

const log = Array.from({ length: 60 }, (_, line) => {
  const level = line % 17 === 16 ? 'WARNING' : line === 41 ? 'ERROR' : 'INFO';
  const text = [
    'frame kept, it shows something new',
    'reading frame',
    'hearing the speech',
    'nothing new for 10 s',
    'the broadcast is 4 min long',
  ];
  return `2026-11-20 14:${String(line).padStart(2, '0')}:07,${String(line * 13).padStart(3, '0')} - ${level} - ${text[line % 5] ?? ''}`;
});

const slide = (number: number): string => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 270 });
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = ['#12574b', '#3a4a9f', '#8a5a06'][number % 3] ?? '';
    context.fillRect(0, 0, 480, 270);
    context.fillStyle = '#fff';
    context.font = '600 34px sans-serif';
    context.fillText(events[number % events.length] ?? '', 36, 90);
    context.font = '22px sans-serif';
    context.fillText(`Slide ${number}`, 36, 140);
  }
  return canvas.toDataURL('image/jpeg', 0.7);
};

const manuscript = (): TaskManuscript => ({
  title: 'Glasshouse opening',
  frames: Array.from({ length: 9 }, (_, index) => ({
    number: index + 1,
    filename: `frame_0000${index + 1}.png`,
    text:
      index === 4
        ? ''
        : index === 3
          ? '东馆开放\n十二月一日'
          : `${events[index % events.length] ?? ''}\nSlide ${index + 1}\nFrom 1 December`,
    atMs: index * 41_000,
    imageUrl: index === 5 ? null : slide(index + 1),
  })),
});

const many = (count: number): LivestreamTask[] =>
  Array.from({ length: count }, (_, place) =>
    fakeTask(place, {
      name:
        place === 3
          ? 'A very long name of a broadcast that nobody could say in one breath, about soil'
          : `${events[place % events.length] ?? ''} ${place}`,
      hostName: hosts[place % hosts.length] ?? null,
      image: place % 3 === 0 && place < 60 ? slide(place) : null,
      ...(place === 0
        ? { name: 'Glasshouse opening', report, entity: 'Thistle Row', liveId: 'abcdef1234567890', image: slide(0) }
        : {}),
    }),
  );

let desk = new FakeTasks();

const api = {
  show(count: number, attributes: Readonly<Record<string, string>> = {}, state: Partial<TasksState> = {}): void {
    desk = new FakeTasks(many(count), state);
    const [first] = desk.tasks;
    const working = desk.tasks.find(({ status }) => status === 'processing');
    if (first !== undefined) desk.details.set(first.id, fakeDetail(first, { log, manuscript: manuscript() }));
    if (working !== undefined)
      desk.details.set(working.id, fakeDetail(working, { log: log.slice(0, 20), progress: { step: 'read', percentage: 38 } }));
    history.replaceState(null, '', location.pathname);
    const tag = document.createElement('viva-tasks');
    for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
    tag.connect = () => desk;
    document.querySelector('#main')?.replaceChildren(tag);
  },
  fail(code: ErrorCode): void {
    desk.show({ phase: 'error', error: new AssistantError(code, 'The gateway said no.').toFacts() });
  },
  state: (changes: Partial<TasksState>): void => desk.show(changes),
  place: (place: number): string => taskId(place),
  change(place: number, status: LivestreamTask['status']): void {
    const task = desk.tasks[place];
    if (task !== undefined) desk.tell({ ...task, status });
  },
};

declare global {
  var tasksStage: typeof api | undefined;
}

globalThis.tasksStage = api;
