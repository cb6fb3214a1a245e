import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** Slides with known text in English and Simplified Chinese, as a broadcast shows them. */

export interface Slide {
  readonly id: string;
  readonly language: 'en' | 'zh' | 'mixed';
  /** In the order they are read; the first is the heading. */
  readonly lines: readonly string[];
  /** A second column, read after the first. */
  readonly beside?: readonly string[];
  /** `dark` and `picture`: light letters on it. Default: light. */
  readonly ground?: 'light' | 'dark' | 'picture';
  /** px, of the lines below the heading; default 34. */
  readonly size?: number;
}

export const SLIDES: readonly Slide[] = [
  {
    id: 'en-agenda',
    language: 'en',
    lines: [
      'Northwind Autumn Launch 2026',
      'Welcome and company update',
      'The new Aurora electric saloon',
      'Range, charging and battery warranty',
      'Prices, dates and how to order',
    ],
  },
  {
    id: 'en-prices',
    language: 'en',
    ground: 'dark',
    lines: [
      'Aurora prices',
      'Aurora Standard starts at $29,900',
      'Aurora Long Range starts at $34,500',
      'Aurora Performance starts at $42,750',
      'Deposit of $500, refunded within 14 days',
      'Orders open on 21 October 2026',
    ],
  },
  {
    id: 'en-battery',
    language: 'en',
    size: 28,
    lines: [
      'Battery and charging',
      'The 77 kWh pack covers 560 kilometres on one charge.',
      'Charging from 10 % to 80 % takes 18 minutes at 250 kW.',
      'Every cell is tested for 3,000 cycles before it leaves the plant.',
      'The warranty lasts 8 years or 160,000 kilometres.',
      'Questions: support@northwind.example or +1 555 0142',
    ],
  },
  {
    id: 'zh-agenda',
    language: 'zh',
    lines: ['北风汽车秋季新品发布会', '公司最新进展', '全新纯电动轿车极光', '续航里程与充电速度', '售价、交付时间和预订方式'],
  },
  {
    id: 'zh-prices',
    language: 'zh',
    ground: 'dark',
    lines: [
      '极光售价公布',
      '标准版售价21.59万元起',
      '长续航版售价24.59万元起',
      '高性能版售价29.99万元起',
      '订金5000元，14天内可全额退款',
      '2026年10月21日开始预订',
    ],
  },
  {
    id: 'zh-battery',
    language: 'zh',
    size: 30,
    lines: [
      '电池与充电',
      '电池容量77千瓦时，续航里程560公里。',
      '从百分之十充到百分之八十只需要18分钟。',
      '每一块电芯出厂之前都经过三千次循环测试。',
      '整车质保八年或者十六万公里。',
    ],
  },
  {
    id: 'mixed-summary',
    language: 'mixed',
    lines: [
      '发布会总结 Summary',
      'Aurora 标准版 $29,900',
      '续航里程 560 公里 Range',
      '交付时间 2026年12月',
      'Thank you 谢谢大家',
    ],
  },
];

/** As people make them in a hurry: small letters, columns, words over a picture. */
export const HARD_SLIDES: readonly Slide[] = [
  {
    id: 'en-columns',
    language: 'en',
    size: 24,
    lines: ['What changed this year', 'Before', 'Charging took 40 minutes', 'Range of 420 kilometres', 'Two trim levels'],
    beside: ['Now', 'Charging takes 18 minutes', 'Range of 560 kilometres', 'Three trim levels'],
  },
  {
    id: 'en-small',
    language: 'en',
    size: 20,
    lines: [
      'Notes',
      'All prices include value added tax and exclude delivery within the country.',
      'The range was measured on the combined cycle at 23 degrees with the standard wheels.',
      'Charging times are for a battery at 25 degrees and a charger of at least 250 kW.',
      'The deposit is refunded in full when the order is cancelled within 14 days.',
    ],
  },
  {
    id: 'zh-small',
    language: 'zh',
    size: 22,
    lines: [
      '说明',
      '以上价格均为全国统一零售价，不含上牌费用和保险费用。',
      '续航里程在二十三度环境温度下测得，实际里程与驾驶习惯有关。',
      '充电时间在电池温度二十五度的条件下测得。',
      '如在十四天内取消订单，订金将全额退还。',
    ],
  },
  {
    id: 'zh-columns',
    language: 'zh',
    size: 28,
    lines: ['新旧对比', '老款', '充电需要40分钟', '续航里程420公里', '两种配置'],
    beside: ['新款', '充电只需18分钟', '续航里程560公里', '三种配置'],
  },
  {
    id: 'en-picture',
    language: 'en',
    ground: 'picture',
    size: 40,
    lines: ['Drive the future', 'Test drives begin in November', 'Book yours at any dealer'],
  },
  {
    id: 'zh-picture',
    language: 'zh',
    ground: 'picture',
    size: 40,
    lines: ['驶向未来', '十一月开始试驾', '欢迎前往任意门店预约'],
  },
];

/** All that is written on it, in the order it is read. */
export const textOf = ({ lines, beside = [] }: Slide): readonly string[] => [...lines, ...beside];

const SIZE = { width: 1280, height: 720 } as const;
const FAMILY = 'Noto Sans S Chinese';

let fonts: Promise<void> | null = null;

/** What draws text in SVG finds the fonts that have been used as files before. */
function loadFonts(): Promise<void> {
  // The package exports its list alone; the files lie beside it.
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');
  fonts ??= (async () => {
    for (const weight of ['Regular', 'Bold']) {
      const fontfile = join(folder, `NotoSansHans-${weight}.otf`);
      await sharp({ text: { text: '字', font: `${FAMILY} ${weight}`, fontfile } })
        .png()
        .toBuffer();
    }
  })();
  return fonts;
}

/** PNG, 1280 × 720. */
export async function drawSlide({ lines, beside = [], ground = 'light', size = 34 }: Slide): Promise<Buffer> {
  await loadFonts();
  const [ink, accent] = ground === 'light' ? ['#1b1f27', '#b3261e'] : ['#f4f6fb', '#7fd1ff'];
  const [heading = '', ...rest] = lines;
  const step = Math.min(96, Math.floor(480 / Math.max(1, rest.length)));
  const column = (left: number) => (line: string, index: number) =>
    `<text x="${String(left)}" y="${String(230 + index * step)}" font-family="${FAMILY}" font-size="${String(size)}" fill="${ink}">${escaped(line)}</text>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(SIZE.width)}" height="${String(SIZE.height)}">` +
    `${GROUNDS[ground]}<rect x="80" y="150" width="1120" height="6" fill="${accent}"/>` +
    `<text x="80" y="120" font-family="${FAMILY}" font-weight="700" font-size="54" fill="${ink}">${escaped(heading)}</text>` +
    `${rest.map(column(110)).join('')}${beside.map(column(690)).join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

const GROUNDS: Readonly<Record<NonNullable<Slide['ground']>, string>> = {
  light: '<rect width="100%" height="100%" fill="#ffffff"/>',
  dark: '<rect width="100%" height="100%" fill="#16213e"/>',
  picture:
    '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#203a5f"/><stop offset="0.6" stop-color="#8a4b3c"/>' +
    '<stop offset="1" stop-color="#1d1a17"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#sky)"/>' +
    '<polygon points="0,520 240,300 420,470 640,260 900,500 1280,330 1280,720 0,720" fill="#2b2f3a"/>' +
    '<polygon points="0,640 300,480 620,640 980,520 1280,650 1280,720 0,720" fill="#14171d"/>' +
    '<circle cx="1040" cy="210" r="60" fill="#c98a4b"/><rect x="560" y="600" width="180" height="46" rx="20" fill="#5a1f24"/>',
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * Share of characters that were read wrong: edits from `read` to `known` by its length. White space is not counted, as Chinese has none;
 * full and half width are the same character (NFKC).
 */
export function characterErrorRate(known: string, read: string): number {
  const [a, b] = [plain(known), plain(read)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j] ?? 0) + (character === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return (row.at(-1) ?? 0) / Math.max(1, a.length);
}

const plain = (text: string): readonly string[] => Array.from(text.normalize('NFKC').replace(/\s+/g, ''));
