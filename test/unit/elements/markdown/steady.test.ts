import { Lexer, type Token, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { hasMarkdown, plainWords } from '../../../../src/elements/markdown/marks.ts';
import { steady } from '../../../../src/elements/markdown/steady.ts';

/** Markdown that comes in bit by bit is never seen half made. */

const answer = `We have **three kinds** of *climbing* rose, see [the guide](/roses "Roses") or \`rose --help\`:

1. **Wild Eve**, for 12 euro
2. *Gentle*, ~~30~~ 25 euro
   - in a pot

## What they want

| kind | water |
| --- | --- |
| Eve | **much** |

![A rose](https://a.example/rose.jpg) and

\`\`\`js
const water = (rose) => rose ** 2; // * not * bold
\`\`\`

2 * 3 * 4 is 24, snake_case_name stays.`;

/** What a reader would see of it, as text: of every kind of token only the words. */
function seen(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'code' || token.type === 'codespan' || token.type === 'image') return '';
      if (token.type === 'table') return (token as Tokens.Table).header.map(({ tokens: cell }) => seen(cell)).join(' ');
      if (token.type === 'list') return seen((token as Tokens.List).items);
      const inside: readonly Token[] | undefined = 'tokens' in token ? token.tokens : undefined;
      return inside === undefined ? ('text' in token ? String(token.text) : '') : seen(inside);
    })
    .join(' ');
}

test('no beginning of an answer shows a mark that more of it would take away', () => {
  for (let end = 1; end <= answer.length; end += 1) {
    const shown = seen(new Lexer({ gfm: true }).lex(steady(answer.slice(0, end))));
    expect(shown.replace(/2 \*( 3( \*( 4.*)?)?)?\s*$/, ''), answer.slice(0, end)).not.toMatch(/\*|`|\]\(|\||~~|!\[|^#|---/);
  }
});

test('what is whole stays as it is', () => {
  expect(steady(answer)).toBe(answer);
  expect(steady('')).toBe('');
});

test.each([
  ['We have **three', 'We have **three**'],
  ['We have **three **', 'We have **three**'],
  ['Then:\n| a | b |\n', 'Then:'],
  ['We have *three', 'We have *three*'],
  ['We have **', 'We have '],
  ['We have **three**', 'We have **three**'],
  ['See [the gui', 'See the gui'],
  ['See [the guide](/ro', 'See the guide'],
  ['See ![a rose](/ro', 'See '],
  ['Say `npm', 'Say `npm`'],
  ['Say `', 'Say '],
  ['Prices:\n-', 'Prices:'],
  ['Prices:\n- a **b', 'Prices:\n- a **b**'],
  ['Then:\n| a | b |', 'Then:'],
  ['Then:\n| a | b |\n| -', 'Then:'],
  ['Then:\n| a | b |\n|---|---|', 'Then:\n| a | b |\n|---|---|'],
  ['So\n```', 'So\n```'],
  ['So\n```js\nlet a = `', 'So\n```js\nlet a = `'],
  ['It costs 2 * 3', 'It costs 2 * 3'],
  ['a snake_case', 'a snake_case'],
])('%j becomes %j', (half, whole) => {
  expect(steady(half)).toBe(whole);
});

describe('whether there is Markdown in it, and the words without', () => {
  test.each([
    ['We open at nine. 2 * 3 * 4 is 24, and snake_case stays.', null],
    ['Until six o’clock — that is 18:00.', null],
    ['It is **open** until *six*.', 'It is open until six.'],
    ['# Hours\n- Monday', 'Hours\n- Monday'],
    ['See [the guide](/roses), `now`.', 'See the guide, now.'],
    ['So:\n```js\nlet a\n```\nDone', 'So:\nlet a\nDone'],
    ['See https://a.example/', 'See https://a.example/'],
  ])('%j', (text, words) => {
    expect(hasMarkdown(text)).toBe(words !== null);
    expect(plainWords(text)).toBe(words ?? text);
  });

  test('a text made to be slow is not', () => {
    const began = performance.now();
    for (const text of ['*'.repeat(19_000), '['.repeat(19_000), '**a'.repeat(6_000), '`'.repeat(19_001), '[a]('.repeat(5_000)]) {
      plainWords(text);
      steady(text);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
