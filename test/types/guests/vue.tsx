import type { GlobalComponents } from 'vue';
import { isVivaElement } from 'viva-voce/vue';

/** What Vue’s templates accept; its language tools check tags against this table. */

type Voce = InstanceType<GlobalComponents['viva-voce']>;
type Props = Voce['$props'];

export const right: Props = { class: 'mine', variant: 'inline', tokenUrl: '/my/token', onVivaTranscript: ({ text }) => text };
export const expand = (tag: Voce): Promise<void> => tag.$el.expand();
export const custom: boolean = isVivaElement('viva-voce');
// @ts-expect-error a tool is an object
export const tool: Props = { tools: { add: 'a function' } };
// @ts-expect-error an error has no text
export const text: Props = { onVivaError: ({ text }) => text };
