import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchRival } from './rivals.ts';

/** The widgets that `npm run bench:widget` measures in one run: ours, and other people's out of the npm registry, each as its vendor tells to embed it. */

export interface Widget {
  readonly name: string;
  /** Where its script is on this machine; null = cannot be fetched. */
  readonly folder: string | null;
  /** What a site writes, with `{base}` for where the folder is served. */
  readonly html: string;
  /** Of the script, in the folder. */
  readonly script: string;
  readonly module: boolean;
  /** What is there, through every shadow root, once the widget is to be seen. */
  readonly ready: string;
  /** What a visitor presses one after the other to talk; none = it cannot be talked to without its vendor's server. */
  readonly presses: readonly string[];
  /** What is mounted again and again; null = the vendor's script only finds what was on the page before. */
  readonly mount: string | null;
}

/** What the vendor's server would answer about an agent; without it nothing is shown. Field names are those its script reads. */
const elevenLabsConfig = {
  variant: 'full',
  placement: 'bottom-right',
  avatar: { type: 'orb', color_1: '#2792dc', color_2: '#9ce6e6' },
  feedback_mode: 'none',
  language: 'en',
  supported_language_overrides: [],
  mic_muting_enabled: true,
  transcript_enabled: true,
  text_input_enabled: true,
  default_expanded: false,
  always_expanded: false,
  text_contents: {},
  language_presets: {},
  text_only: false,
  supports_text_only: true,
  first_message: '',
  use_rtc: false,
};

const elevenLabsTag = `<elevenlabs-convai agent-id="bench" override-config='${JSON.stringify(elevenLabsConfig)}'></elevenlabs-convai>`;

const rivals: readonly (Omit<Widget, 'folder'> & { readonly spec: string })[] = [
  {
    name: 'ElevenLabs 0.5.4',
    spec: '@elevenlabs/convai-widget-embed@0.5.4',
    script: 'dist/index.js',
    module: false,
    html: elevenLabsTag,
    ready: 'elevenlabs-convai button',
    presses: ['elevenlabs-convai button', 'elevenlabs-convai button[aria-label*="call" i]'],
    mount: elevenLabsTag,
  },
  {
    name: 'Vapi 0.1.1',
    spec: '@vapi-ai/client-sdk-react@0.1.1',
    script: 'dist/embed/widget.umd.js',
    module: false,
    html: '<vapi-widget public-key="bench" assistant-id="bench" mode="voice"></vapi-widget>',
    ready: 'vapi-widget svg',
    presses: ['vapi-widget svg', 'vapi-widget button:has-text("Start")'],
    mount: null,
  },
  {
    name: 'deep-chat 2.4.2',
    spec: 'deep-chat@2.4.2',
    script: 'dist/deepChat.bundle.js',
    module: true,
    html: `<deep-chat demo="true"></deep-chat>`,
    ready: 'deep-chat #text-input',
    presses: [],
    mount: '<deep-chat demo="true"></deep-chat>',
  },
];

/** `embed`: the folder of our own build. Throws when there is none. */
export async function widgets(embed: string): Promise<readonly Widget[]> {
  if (!existsSync(join(embed, 'viva-voce.js'))) throw new Error(`there is no ${embed}/viva-voce.js: run npm run build first`);
  const ours: Widget = {
    name: 'Viva Voce',
    folder: embed,
    script: 'viva-voce.js',
    module: true,
    html: '<viva-voce></viva-voce>',
    ready: 'viva-voce [part="launcher"]',
    presses: ['viva-voce [part="launcher"]', 'viva-voce [part="start"]'],
    mount: '<viva-voce></viva-voce>',
  };
  const fetched: Widget[] = [];
  for (const { spec, ...rival } of rivals) {
    const folder = await fetchRival(spec);
    fetched.push({ ...rival, folder: folder !== null && existsSync(join(folder, dirname(rival.script))) ? folder : null });
  }
  return [ours, ...fetched];
}

export const scriptTag = ({ script, module }: Widget, base: string): string =>
  `<script ${module ? 'type="module"' : ''} src="${base}${script}"></script>`;
