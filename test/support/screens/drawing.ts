import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** Screens drawn for tests: whoever draws a button labels it too, so that what is on a screen is known exactly. */

export type ElementKind = 'title bar' | 'button' | 'field' | 'menu' | 'tab' | 'checkbox' | 'link' | 'dialog';

export interface DrawnElement {
  readonly kind: ElementKind;
  readonly label: string;
}

export interface Screen {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly svg: string;
  readonly photos: readonly Photo[];
  /** Everything that is written on it. */
  readonly words: readonly string[];
  readonly elements: readonly DrawnElement[];
  /** Where it is written, else null. */
  readonly app: string | null;
  /** Names that a person would give, the largest first; `colours` that are told must be among them or neighbours of them. */
  readonly colours: readonly string[];
  readonly people: number;
  /** Null: a photograph on which one may argue. */
  readonly containsText: boolean | null;
}

interface Photo {
  readonly file: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Style {
  readonly font: string;
  /** Text height, px. */
  readonly size: number;
  readonly ink: string;
  readonly paper: string;
  readonly accent: string;
  /** Corner radius of buttons and fields, px. */
  readonly radius: number;
}

const LIGHT: Style = { font: 'DejaVu Sans', size: 15, ink: '#1f2328', paper: '#ffffff', accent: '#1a66d6', radius: 6 };
export const DARK: Style = { ...LIGHT, ink: '#e6e6e6', paper: '#1e1e1e', accent: '#3b82f6' };

export class Drawing {
  readonly #parts: string[] = [];
  readonly #photos: Photo[] = [];
  readonly #words: string[] = [];
  readonly #elements: DrawnElement[] = [];
  readonly width: number;
  readonly height: number;
  readonly style: Style;

  constructor(style: Partial<Style> = {}, width = 1280, height = 720) {
    this.style = { ...LIGHT, ...style };
    this.width = width;
    this.height = height;
    this.rect(0, 0, width, height, this.style.paper);
  }

  rect(x: number, y: number, width: number, height: number, fill: string, more: { radius?: number; border?: string } = {}): this {
    const stroke = more.border === undefined ? '' : ` stroke="${more.border}" stroke-width="1.5"`;
    this.#parts.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${more.radius ?? 0}" fill="${fill}"${stroke}/>`,
    );
    return this;
  }

  text(
    x: number,
    y: number,
    words: string,
    more: { size?: number; ink?: string; bold?: boolean; mono?: boolean; middle?: boolean } = {},
  ): this {
    const { size = this.style.size, ink = this.style.ink } = more;
    const font = more.mono === true ? 'DejaVu Sans Mono' : this.style.font;
    const anchor = more.middle === true ? ' text-anchor="middle"' : '';
    this.#parts.push(
      `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}" fill="${ink}"${more.bold === true ? ' font-weight="bold"' : ''}${anchor}>${escaped(words)}</text>`,
    );
    this.#words.push(words);
    return this;
  }

  lines(x: number, y: number, lines: readonly string[], more: Parameters<Drawing['text']>[3] & { gap?: number } = {}): this {
    const { gap = (more.size ?? this.style.size) * 1.7, ...rest } = more;
    for (const [index, line] of lines.entries()) this.text(x, y + index * gap, line, rest);
    return this;
  }

  /** A bar over the whole width with the window's title in it. */
  titleBar(title: string, fill = '#e4e4e7', ink = this.style.ink): this {
    this.rect(0, 0, this.width, 36, fill);
    for (const [index, colour] of ['#ff5f57', '#febc2e', '#28c840'].entries())
      this.#parts.push(`<circle cx="${20 + index * 20}" cy="18" r="6" fill="${colour}"/>`);
    this.#elements.push({ kind: 'title bar', label: title });
    return this.text(this.width / 2, 24, title, { size: 14, ink, middle: true });
  }

  button(
    x: number,
    y: number,
    width: number,
    label: string,
    more: { fill?: string; ink?: string; border?: string; height?: number } = {},
  ): this {
    const { fill = this.style.accent, ink = '#ffffff', height = 36 } = more;
    this.#elements.push({ kind: 'button', label });
    this.rect(x, y, width, height, fill, {
      radius: this.style.radius,
      ...(more.border === undefined ? {} : { border: more.border }),
    });
    return this.text(x + width / 2, y + height / 2 + 5, label, { ink, middle: true });
  }

  /** `hint` is written in it, `label` above it. */
  field(
    x: number,
    y: number,
    width: number,
    hint: string,
    more: { label?: string; fill?: string; border?: string; ink?: string } = {},
  ): this {
    this.#elements.push({ kind: 'field', label: more.label ?? hint });
    if (more.label !== undefined) this.text(x, y - 8, more.label, { size: 14 });
    this.rect(x, y, width, 38, more.fill ?? '#ffffff', { radius: this.style.radius, border: more.border ?? '#9aa0a6' });
    return hint === '' ? this : this.text(x + 12, y + 24, hint, { ink: more.ink ?? '#6b7280', size: 14 });
  }

  menu(y: number, items: readonly string[], ink = this.style.ink, x = 14): this {
    let at = x;
    for (const item of items) {
      this.#elements.push({ kind: 'menu', label: item });
      this.text(at, y, item, { size: 14, ink });
      at += item.length * 9 + 26;
    }
    return this;
  }

  /** The first one is the open one. */
  tabs(x: number, y: number, labels: readonly string[], fill: string, open: string, ink = this.style.ink): this {
    for (const [index, label] of labels.entries()) {
      this.#elements.push({ kind: 'tab', label });
      this.rect(x + index * 142, y, 140, 34, index === 0 ? open : fill, { border: '#8883' });
      this.text(x + index * 142 + 70, y + 22, label, { size: 14, middle: true, ink });
    }
    return this;
  }

  checkbox(x: number, y: number, label: string): this {
    this.#elements.push({ kind: 'checkbox', label });
    this.rect(x, y, 18, 18, this.style.paper, { radius: 3, border: this.style.ink });
    return this.text(x + 28, y + 14, label);
  }

  link(x: number, y: number, label: string, ink = '#1558d6'): this {
    this.#elements.push({ kind: 'link', label });
    this.#parts.push(`<rect x="${x}" y="${y + 3}" width="${label.length * 8}" height="1" fill="${ink}"/>`);
    return this.text(x, y, label, { ink });
  }

  dialog(x: number, y: number, width: number, height: number, title: string, fill = '#ffffff'): this {
    this.#elements.push({ kind: 'dialog', label: title });
    this.rect(x, y, width, height, fill, { radius: 10, border: '#555555' });
    return this.text(x + 24, y + 40, title, { size: 20, bold: true, ink: '#111111' });
  }

  photo(file: 'astronaut.jpg' | 'cat.jpg', x: number, y: number, width: number, height: number): this {
    this.#photos.push({ file, x, y, width, height });
    return this;
  }

  raw(svg: string): this {
    this.#parts.push(svg);
    return this;
  }

  screen(
    id: string,
    told: { app: string | null; colours: readonly string[]; people?: number; containsText?: boolean | null },
  ): Screen {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}">${this.#parts.join('')}</svg>`;
    return {
      id,
      width: this.width,
      height: this.height,
      svg,
      photos: this.#photos,
      words: this.#words,
      elements: this.#elements,
      people: 0,
      containsText: this.#words.length > 0,
      ...told,
    };
  }
}

/** As a frame of a stream comes: JPEG. */
export async function paint({ svg, photos }: Screen, more: { quality?: number; width?: number } = {}): Promise<Buffer> {
  const layers = await Promise.all(
    photos.map(async ({ file, x, y, width, height }) => {
      const bytes = await readFile(new URL(`../../engines/pictures/${file}`, import.meta.url));
      return { input: await sharp(bytes).resize(width, height, { fit: 'cover' }).toBuffer(), left: x, top: y };
    }),
  );
  const whole = await sharp(Buffer.from(svg)).flatten().composite(layers).png({ compressionLevel: 1 }).toBuffer();
  const sized = more.width === undefined ? sharp(whole) : sharp(whole).resize({ width: more.width, withoutEnlargement: true });
  return sized.jpeg({ quality: more.quality ?? 82 }).toBuffer();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
