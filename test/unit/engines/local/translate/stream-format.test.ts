import { describe, expect, it } from 'vitest';
import { fromStream, toStream } from '../../../../../demo/server/engines/local/translate/stream-format.ts';

const there = (text: string): string => toStream(text).stream;
const back = (text: string, stream: string): string => fromStream(stream, toStream(text));

describe('to the stream', () => {
  it('escapes what means something in it', () => {
    expect(there('a [b] {c} ^d$ <e> f/g h\\i @j.')).toBe('a \\[b\\] \\{c\\} \\^d\\$ \\<e\\> f\\/g h\\\\i \\@j.[]');
  });

  it('ends every sentence and takes no end of a request from the text', () => {
    expect(there('no stop')).toBe('no stop.[]');
    expect(there('one\u0000two\nthree?')).toBe('one two three?[]');
    expect(there('“said.”')).toBe('“said.”[]');
  });

  it('writes apostrophes and Spanish signs as the dictionaries have them', () => {
    expect(there('I don’t')).toBe("I don't.[]");
    expect(there('¿Qué? ¡Ya!')).toBe('Qué? Ya![]');
  });
});

describe('from the stream', () => {
  it('takes off what was put on', () => {
    expect(back('hola', 'hello.[]')).toBe('hello');
    expect(back('hola.', 'hello.[]')).toBe('hello.');
    expect(back('a [b] @c \\d', 'a \\[b\\] \\@c \\\\d.[]')).toBe('a [b] @c \\d');
  });

  it('removes the marks of unknown words, not the signs that the text had', () => {
    expect(back('the zyx and abc', 'el *zyx y #abc @def.[]')).toBe('el zyx y abc def');
    expect(back('the #tag', 'la #etiqueta.[]')).toBe('la #etiqueta');
  });
});
