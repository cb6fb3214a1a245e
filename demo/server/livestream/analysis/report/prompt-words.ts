/** The words of prompts: which say what a report is about, and which only how it shall be written. Pure. */

const FRAME =
  /^(?:your )?(?:roles?|tasks?|goals?|objectives?|instructions?|rules?|notes?|requirements?|constraints?|outputs?|(?:output |report )?(?:format|structure|template|sections?|style|language)|tone|context|inputs?|background|important|please|system|prompt|sections? to (?:write|include)|角色|身份|任务|目标|要求|规则|注意(?:事项)?|说明|背景|输入|输出(?:格式|要求|结构|内容|语言)?|(?:报告)?(?:格式|结构|模板)(?:要求)?|语言|风格|限制|约束|提示词?)\s*[:：]?$/i;

const CONSTRAINT =
  /^(?:please )?(?:do not|don['’]t|never|avoid|use\b|write (?:it |the report |everything )?(?:in|as|clearly|concisely)|keep\b|be (?:concise|brief|clear|precise|objective)|must\b|you (?:are|must|should|will)|should\b|ensure\b|make sure|answer (?:in|with)|respond\b|reply\b|return\b|output\b|format\b|no\b|only\b|limit\b|stay\b|cite\b|quote\b|preserve\b|if\b|base (?:it|the)|at most|maximum)/i;
const CHINESE_CONSTRAINT =
  /^(?:请您?|您|你)?(?:不要|不得|不能|避免|禁止|使用|采用|用(?:中文|英文|简体|markdown)|保持|确保|务必|必须|应当|以.{0,12}(?:输出|形式|格式|语言)|输出|按照?|字数|语言|控制|严格|只(?:能|需|要|可)|仅|是一[名位个]|作为|如果|若|引用|客观)|字以内/;
const FORM = /\bmarkdown\b|不要编造|不得编造|make (?:anything|things) up|invent/i;

/** A heading that says nothing of what is below it. */
export const isFrame = (text: string): boolean => FRAME.test(plainWords(text));

/** It asks for a manner, not for a subject. */
export function isConstraint(text: string): boolean {
  const words = plainWords(text);
  return words === '' || CONSTRAINT.test(words) || CHINESE_CONSTRAINT.test(words) || FORM.test(words);
}

/** Without Markdown, pictographs and places to be filled in. */
export const plainWords = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\{[^}]*\}|<[^>]*>/g, ' ')
    .replace(/[\p{Extended_Pictographic}\ufe0f]/gu, '')
    .replace(/[ \t]+/g, ' ')
    .trim();

const MOST_TITLE = 60;
const ORDER =
  /^(?:please )?(?:then |also |finally |first |next )?(?:list|summari[sz]e|extract|give|describe|name|explain|identify|mention|provide|include|write|state|collect|note|report|cover|outline|tell|show|analy[sz]e|highlight)(?: (?:me|us|out|down|up|on|about|of))?(?: (?:the|a|an|all|any|every|each|all the))? /i;
const CHINESE_ORDER =
  /^(?:请您?|并|再|然后|最后|首先|其次)?(?:列出|总结|概括|提取|给出|描述|说明|介绍|分析|整理|梳理|归纳|罗列|写出|提炼)(?:一下|出)?(?:所有的?|全部的?|其中的?|本次|本场)?/;

/** What a heading of the report says: before the colon, without the order. */
export function titleOf(text: string): string {
  const words = plainWords(text);
  const [before = '', after = ''] = words.split(/[:：](?:\s|(?=\D))|\s[–—-]\s|[（(]/);
  const head = before.trim() === '' ? after : before;
  const subject = head.replace(ORDER, '').replace(CHINESE_ORDER, '');
  const title = (subject.trim().length > 1 ? subject : head).replace(/[\s.。…:：,，;；、]+$/u, '').trim();
  const cut = title.length <= MOST_TITLE ? title : `${title.slice(0, MOST_TITLE).replace(/\s+\S*$/, '')} …`;
  return cut.charAt(0).toUpperCase() + cut.slice(1);
}

const CUE =
  /\b(?:focus(?:ing)? on|including|such as|cover(?:ing)?|about|with sections? (?:on|for)|list(?:ing)?|mention(?:ing)?|especially|extract(?:ing)?|highlight(?:ing)?|summari[sz]e|pay attention to)\b:?|重点(?:是|关注)?|包括|涵盖|关注|列出|提取|总结|介绍|说明|分析|梳理|例如/gi;
const LEAST_SUBJECT = 2;
const MOST_SUBJECT = 40;

/** "As an analyst, …": who is to write, not what. */
const ROLE = /^(?:as (?:an? )?[^,.]{3,60}, |请?您?你?(?:作为|是)一?[名位个]?[^，。]{2,30}，)/i;

/** The subjects that running text asks for: "focus on prices, dates and the battery" → three. */
export function requestsIn(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?。！？])\s*|\n|[;；]/)
    .map((sentence) =>
      sentence
        .replace(ROLE, '')
        .replace(/[.!?。！？]+$/, '')
        .trim(),
    )
    .filter((sentence) => sentence !== '' && !isFrame(sentence) && !isConstraint(sentence))
    .flatMap((sentence) => {
      const cues = [...sentence.matchAll(CUE)];
      const cue =
        cues.findLast(({ index, 0: word }) => subjectsIn(sentence.slice(index + word.length)).length > 1) ?? cues.at(-1);
      if (cue === undefined) return [];
      const subjects = subjectsIn(sentence.slice(cue.index + cue[0].length));
      return subjects.filter((subject) => !isConstraint(subject) && !GENERAL.test(subject));
    });
}

const subjectsIn = (text: string): readonly string[] =>
  text
    .split(/,\s*(?:and |or )?|\s+and\s+|[、，]\s*(?:以及|和|及)?|以及|(?<=\p{Script=Han})[和与及](?=\p{Script=Han})/u)
    .map((subject) => subject.replace(/^\s*(?:and|or|the|all|any|its|their)\s+/i, '').trim())
    .filter((subject) => subject.length >= LEAST_SUBJECT && subject.length <= MOST_SUBJECT);

/** "Summarise the broadcast": of everything. */
const GENERAL =
  /^(?:(?:this|the|whole|entire|following|live)\s+)*(?:broadcast|stream|livestream|recording|video|event|talk|presentation|content|transcript|manuscript|it|everything)$|^(?:本场|本次|这场|整场|以下|该)?(?:直播|发布会|视频|录像|内容|活动|会议|文稿)(?:的?内容)?$/i;
