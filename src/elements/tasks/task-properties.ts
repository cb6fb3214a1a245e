import { LitElement, type PropertyDeclarations } from 'lit';
import type { TasksDesk } from '../../session/tasks.ts';
import type { ImagePolicy } from '../markdown/link-policy.ts';
import type { TaskWords } from './task-strings.ts';

/** What a tag says about the tasks it shows. */
export interface TaskWishes {
  /** Base URL of the gateway; null = where the script came from. */
  readonly endpoint: string | null;
  readonly tokenUrl: string | null;
  /** Gives a fresh token; wins over `tokenUrl`. */
  readonly tokenProvider: (() => Promise<{ readonly token: string }>) | null;
}

export type ConnectTasks = (wishes: TaskWishes) => TasksDesk;

const UNDO_SECONDS = 10;

/** Present and not "false": what pages write who come from other widgets. */
const flag = { fromAttribute: (value: string | null): boolean => value !== null && value !== 'false' };

const defaults = {
  endpoint: null,
  tokenUrl: null,
  tokenProvider: null,
  colorScheme: 'auto',
  nohash: false,
  undoSeconds: UNDO_SECONDS,
  reportImages: 'own',
  strings: {},
  connect: null,
};

/** The attributes and properties of `<viva-tasks>`, which are told in its own header. */
export abstract class TaskProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    endpoint: {},
    tokenUrl: { attribute: 'token-url' },
    tokenProvider: { attribute: false },
    colorScheme: { attribute: 'color-scheme', reflect: true },
    nohash: { converter: flag },
    undoSeconds: { attribute: 'undo-seconds', type: Number },
    reportImages: { attribute: 'report-images' },
    strings: { attribute: false },
    connect: { attribute: false },
  };

  declare endpoint: string | null;
  declare tokenUrl: string | null;
  /** Gives a fresh token before each connection; wins over `token-url`. */
  declare tokenProvider: TaskWishes['tokenProvider'];
  declare colorScheme: 'auto' | 'light' | 'dark';
  /** What is looked at is not kept in the page's address. */
  declare nohash: boolean;
  declare undoSeconds: number;
  declare reportImages: ImagePolicy;
  /** Replaces words of its own. */
  declare strings: Partial<TaskWords>;
  /** Brings another desk than that of the gateway. */
  declare connect: ConnectTasks | null;

  constructor() {
    super();
    Object.assign(this, defaults);
  }
}
