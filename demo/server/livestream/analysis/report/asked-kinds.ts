/** Kinds of facts that prompts ask for and that are recognised by their form: prices, dates, figures, addresses, questions, plans. Pure. */

export interface AskedKind {
  readonly name: 'prices' | 'dates' | 'figures' | 'contacts' | 'questions' | 'plans' | 'decisions' | 'names';
  readonly asked: RegExp;
  readonly fits: (text: string) => boolean;
}

const MONEY =
  /[$€£¥￥]\s?\d|\d[\d,.]*\s?(?:[$€£¥]|USD|EUR|GBP|RMB|CNY|(?:us )?dollars?|euros?|pounds?|yuan|cents?\b)|\d[\d,.]*\s?(?:万|亿|千|百)?元|(?:元|块)\/|\d\s?块钱|\b(?:dollars?|euros?|pounds|yuan)\b|[一二三四五六七八九十百千万两]+元/i;
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DATE = new RegExp(
  `\\b\\d{1,2}(?:st|nd|rd|th)?\\s(?:of\\s)?(?:${MONTH})\\b|\\b(?:${MONTH})\\s\\d{1,2}\\b|\\b(?:in|by|from|until|since|next|this|late|early|mid)\\s(?:${MONTH})\\b|` +
    `\\b(?:19|20)\\d\\d\\b|\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}\\b|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b|` +
    `\\b(?:tomorrow|next (?:week|month|year|quarter|spring|summer|autumn|fall|winter)|q[1-4])\\b|\\bwithin \\d+ (?:day|week|month)s?\\b|` +
    `(?:\\d{2,4}|[今明去后]|[二〇零一三四五六七八九]{2,4})年|[\\d一二三四五六七八九十]{1,3}月(?:[\\d一二三四五六七八九十]{1,3}[日号]?)?|[上下本]个?(?:周|月|季度)|星期[一二三四五六日天]|\\d+天内`,
  'iu',
);
const FIGURE =
  /\d|[零一二三四五六七八九十百千万亿两]{2,}(?:个|名|家|台|次|公里|分钟|小时|年|月|天|万|亿|元|倍|款|种|米)?|百分之|\b(?:percent|half|double|twice|million|billion|thousand|hundred|dozen)\b/i;
const CONTACT = /[\w.+-]+@[\w-]+\.[\w.]+|https?:\/\/|\bwww\.|\+?\d[\d\s-]{7,}\d|微信|公众号|热线/i;
const QUESTION = /[?？]\s*$|^(?:who|what|when|where|why|how|which|can|could|is|are|do|does|will|would)\b.*\?|[吗呢]\s*[?？。]?$/i;
const PLAN =
  /\b(?:will|going to|plan(?:s|ned)? to|next|soon|upcoming|roadmap|expect(?:s|ed)?|aims? to|target)\b|将(?:会|于|在)?|计划|预计|下一步|即将|未来|目标/i;

const DECISION = /\b(?:decid|decision|agreed?\b|approv|conclu|settled|confirmed)|决定|确定|通过|同意|结论|达成/i;

/** Capital letters inside a sentence, titles, offices. */
const NAME =
  /\b(?:Mrs?|Ms|Dr|Prof)\.? \p{Lu}|\b(?:CEO|CTO|CFO|[Pp]resident|[Dd]irector|[Ff]ounder|[Cc]hairman)\b|(?<=[\p{Ll},] )\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|先生|女士|博士|教授|总裁|经理|总监|董事长|创始人/u;

const ASKED_KINDS: readonly AskedKind[] = [
  {
    name: 'decisions',
    asked: /\bdecisions?\b|\bdecided\b|\bconclusions?\b|\bagreed\b|结论|决定|决议/i,
    fits: (text) => DECISION.test(text),
  },
  {
    name: 'prices',
    asked: /\bpric|\bcosts?\b|\bfees?\b|how much|\bmoney\b|\bamounts?\b|售价|价格|定价|费用|多少钱|金额|报价|价位/i,
    fits: (text) => MONEY.test(text),
  },
  {
    name: 'dates',
    asked:
      /\bdates?\b|\bwhen\b|\bdeadlines?\b|\btiming\b|\bavailability\b|\brelease\b|日期|(?<!充电)时间(?![线轴顺])|何时|上市|档期|截止/i,
    fits: (text) => DATE.test(text),
  },
  {
    name: 'figures',
    asked:
      /\bnumbers?\b|\bfigures?\b|\bstatistics?\b|\bstats\b|\bmetrics?\b|\bdata\b|\bspec(?:ification)?s?\b|\bparameters?\b|\bpercentages?\b|数字|数据|参数|指标|规格|统计/i,
    fits: (text) => FIGURE.test(text),
  },
  {
    name: 'contacts',
    asked: /\bcontacts?\b|\be-?mails?\b|\bphones?\b|\blinks?\b|\bwebsites?\b|联系|邮箱|电话|网址|链接/i,
    fits: (text) => CONTACT.test(text),
  },
  {
    name: 'names',
    asked: /\bnames?\b|\bpeople\b|\bspeakers?\b|\bwho\b|\bguests?\b|嘉宾|人物|发言人|演讲者/i,
    fits: (text) => NAME.test(text),
  },
  { name: 'questions', asked: /\bquestions?\b|\bq ?& ?a\b|问答|提问|疑问/i, fits: (text) => QUESTION.test(text) },
  {
    name: 'plans',
    asked:
      /\baction items?\b|\bnext steps?\b|\bto-?dos?\b|\bplans?\b|\broadmap\b|\boutlook\b|下一步|行动|待办|计划|规划|路线图|展望/i,
    fits: (text) => PLAN.test(text),
  },
];

/** What a whole report is asked for: not by its form but by its place in it. */
export type View = 'overview' | 'timeline' | 'shown' | 'said';

const VIEWS: readonly (readonly [View, RegExp])[] = [
  [
    'timeline',
    /\btime ?lines?\b|\bchronolog|\bagenda\b|\brun of show\b|\boutline\b|\bsequence\b|\btopics?\b|议题|话题|时间[线轴]|流程|议程|时间顺序|目录|大纲/i,
  ],
  ['shown', /\b(?:was|were|is) shown\b|\bon screen\b|\bslides?\b|\bscreens?\b|展示了?什么|画面|幻灯片|屏幕(?:内容)?/i],
  [
    'said',
    /\b(?:was|were|is) said\b|\bspeech\b|\bspoken\b|\bquotes?\b|\bquotations?\b|\bstatements?\b|\btranscript\b|发言|讲话|原话|金句|引用|说了什么/i,
  ],
  [
    'overview',
    /\boverview\b|\bsummary\b|\bsummari[sz]e\b|\babstract\b|\bgist\b|\bin brief\b|\bhighlights?\b|\btakeaways?\b|\bannouncements?\b|\bwhat(?:['’]s| is) new\b|\b(?:key|main) (?:points?|messages?|ideas?)\b|概述|概览|概要|摘要|总结|总览|亮点|要点|速览|简介|综述/i,
  ],
];

/** Null: a subject. */
export const viewAsked = (heading: string): View | null => VIEWS.find(([, asked]) => asked.test(heading))?.[0] ?? null;

export const kindsAsked = (topic: string): readonly AskedKind[] => ASKED_KINDS.filter(({ asked }) => asked.test(topic));
