/** What people call what is on screens and in pictures, and by which written words it is recognised. */

export interface Concept {
  /** In what an event describes. */
  readonly asked: RegExp;
  /** In the application's name or the window's title. */
  readonly title: RegExp;
  /** Anywhere on the screen; null = the title alone proves it. */
  readonly text: RegExp | null;
  /** Something is so: what, is told beside it. */
  readonly isState?: true;
}

const NEVER = /(?!)/;

/** Kinds of programs, pages and states. */
export const CONCEPTS: readonly Concept[] = [
  {
    asked: /\bvideo (?:call|meeting|conference)s?\b|\b(?:online|virtual) meetings?\b|\bconference calls?\b/i,
    title: /\bzoom\b|google meet|\bwebex\b|\bskype\b|\bmeeting\b/i,
    text: /\b(?:mute|unmute)\b[\s\S]*\b(?:leave|end call|hang up|stop video|start video)\b/i,
  },
  {
    asked: /\b(?:code editors?|editing code|writing code|source code|programming|coding|IDE)\b/i,
    title: /visual studio|intellij|pycharm|webstorm|xcode|sublime text|android studio|\.(?:ts|js|py|java|go|rs|cpp)\b/i,
    text: /\b(?:import|from)\b.*["';]|\bfunction \w+\(|\bdef \w+\(|\bconst \w+ =|\bpublic class\b/i,
  },
  {
    asked: /\b(?:terminal|command line|shell|console|command prompt)\b/i,
    title: /\bterminal\b|powershell|command prompt|iterm|\bbash\b|\bzsh\b/i,
    text: /\w+@[\w-]+:[~/]|^text: [$>] \w+/im,
  },
  { asked: /\bspread ?sheets?\b/i, title: /\bexcel\b|google sheets|\bcalc\b|\.(?:xlsx?|ods|csv)\b|numbers$/i, text: null },
  {
    asked: /\b(?:presentations?|slide ?decks?|slides?)\b/i,
    title: /powerpoint|google slides|impress|keynote|\.(?:pptx?|odp)\b/i,
    text: /\bslide ?show\b/i,
  },
  {
    asked: /\b(?:word processor|text documents?|writing a document)\b/i,
    title: /\bword\b|google docs|writer|\.(?:docx?|odt)\b/i,
    text: null,
  },
  { asked: /\b(?:pdfs?|pdf documents?|contracts?)\b/i, title: /\.pdf\b|acrobat/i, text: NEVER },
  {
    asked: /\b(?:e-?mails?|inbox|mailbox|mail client|mail program)\b/i,
    title: /\bgmail\b|outlook|thunderbird|\binbox\b|\bmail\b/i,
    text: /\binbox\b[\s\S]*\b(?:sent|drafts|spam|junk)\b/i,
  },
  {
    asked: /\b(?:chat(?:s|ting)?|messaging|messenger|instant messages?)\b/i,
    title: /\bslack\b|microsoft teams|discord|whatsapp|telegram|\bsignal\b|messenger|\bchat\b/i,
    text: /\btype a (?:new )?message\b|\bmessage #|\bdirect messages\b/i,
  },
  { asked: /\b(?:calendar|appointments?|schedule)\b/i, title: /\bcalendar\b/i, text: /\bmon\b.*[\s\S]*\btue\b[\s\S]*\bwed\b/i },
  { asked: /\b(?:maps?|directions|navigation)\b/i, title: /\bmaps?\b/i, text: /\bdirections\b|\bsearch google maps\b/i },
  {
    asked: /\b(?:music|songs?|playlists?)\b/i,
    title: /spotify|apple music|itunes|\bmusic\b/i,
    text: /\bplaylists?\b|\bliked songs\b/i,
  },
  {
    asked: /\b(?:(?:web )?browsers?|web ?pages?|web ?sites?|browsing(?: the web)?)\b/i,
    title: /chrome|firefox|safari|microsoft edge|\bopera\b|\bbrave\b/i,
    text: /\bhttps?:\/\//i,
  },
  {
    asked: /\b(?:(?:online )?(?:shop|store|shopping)(?: page)?s?)\b/i,
    title: /amazon|ebay|etsy|online (?:shop|store)/i,
    text: /\badd to (?:cart|bag|basket)\b|\bbuy now\b/i,
  },
  {
    asked: /\b(?:check ?out|payment (?:form|page)|paying|credit card (?:form|details|number)|card details)\b/i,
    title: NEVER,
    text: /\bcard number\b|\bexpiry\b|\bcvc\b|\bpay [$€£]/i,
  },
  {
    asked: /\b(?:log ?in|sign(?:ing|s)? in|logging in|logs in|login (?:page|form|screen))\b/i,
    title: /\b(?:log|sign) ?in\b/i,
    text: /\b(?:log|sign) in\b[\s\S]*\b(?:password|forgot)\b|\bpassword\b[\s\S]*\b(?:log|sign) in\b/i,
  },
  {
    asked: /\b(?:sign(?:ing|s)? up|registration|registers?|creat(?:e|es|ed|ing) (?:an|a new|the) account)\b/i,
    title: /\bsign ?up\b|registration/i,
    text: /\bcreate (?:an |your |my )?account\b|\bsign up\b|\bconfirm password\b/i,
  },
  {
    asked: /\b(?:errors?|failures?|fails?|failed|exceptions?|crash(?:es|ed)?|something went wrong|problems?)\b/i,
    title: /\berror\b|\bfailed\b/i,
    text: /(?<!\b(?:0|no|zero|without) )\b(?:errors?|failed|failure|fail|exception|declined|denied|invalid|unable to|could not|went wrong|crashed|not responding)\b/i,
    isState: true,
  },
  {
    asked: /\b(?:settings|preferences|options page)\b/i,
    title: /\b(?:settings|preferences)\b/i,
    text: /^text: (?:settings|preferences)$/im,
  },
  {
    asked: /\b(?:files?(?: manager| explorer| browser)|folders?|downloads folder)\b/i,
    title: /\bfiles\b|file explorer|finder|\bdownloads\b/i,
    text: NEVER,
  },
  {
    asked: /\b(?:design tool|designing|mock-?ups?|wireframes?)\b/i,
    title: /figma|sketch|photoshop|illustrator|inkscape/i,
    text: null,
  },
  {
    asked: /\b(?:news(?: article| site)?s?|articles?|news ?papers?)\b/i,
    title: /\bnews\b|\b(?:daily|times|post|ledger|guardian|journal|gazette)\b/i,
    text: /\bread (?:also|more)\b|\bbreaking news\b/i,
  },
  {
    asked: /\b(?:(?:watch(?:es|ing)?|play(?:s|ing)?) (?:a )?videos?|video player)\b/i,
    title: /youtube|netflix|\bvlc\b|vimeo|twitch/i,
    text: /\b\d[\d.,]*[KM]? views\b/i,
  },
  { asked: /\bcalculators?\b/i, title: /\bcalculator\b/i, text: NEVER },
  { asked: /\bweather\b/i, title: /\bweather\b|forecast/i, text: /\bforecast\b|\bhumidity\b|\bfeels like\b/i },
];

/** Colours that people name, and what they are told as (`colours.ts` of the engine). */
export const COLOURS: Readonly<Record<string, RegExp>> = {
  red: /\bred\b/,
  green: /\bgreen\b/,
  blue: /\bblue\b|\bnavy\b/,
  black: /\bblack\b/,
  white: /\bwhite\b/,
  yellow: /\byellow\b/,
  orange: /\borange\b/,
  purple: /\bpurple\b|\bmagenta\b/,
  pink: /\bpink\b/,
  brown: /\bbrown\b/,
  grey: /\bgrey\b/,
  gray: /\bgrey\b/,
  turquoise: /\bturquoise\b|\bteal\b/,
};

/** Names of the detector's classes, for words that mean the same. */
export const THINGS: Readonly<Record<string, string>> = {
  phone: 'cell phone',
  smartphone: 'cell phone',
  mobile: 'cell phone',
  bike: 'bicycle',
  motorbike: 'motorcycle',
  television: 'tv',
  monitor: 'tv',
  sofa: 'couch',
  plane: 'airplane',
  aeroplane: 'airplane',
  kitten: 'cat',
  puppy: 'dog',
  mug: 'cup',
  van: 'car',
  lorry: 'truck',
  rucksack: 'backpack',
  bag: 'handbag',
  table: 'dining table',
  plant: 'potted plant',
};

/** Kinds of the detector's classes. */
export const KINDS_OF_THINGS: Readonly<Record<string, readonly string[]>> = {
  animal: ['bird', 'cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe'],
  pet: ['cat', 'dog', 'bird'],
  vehicle: ['bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat'],
};

export const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  single: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  couple: 2,
  several: 3,
  many: 4,
};
