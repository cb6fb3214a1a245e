/** The letters of the keyboard on the screen, by language. */

export interface Layout {
  /** Rows of letters, small, from the top; a capital is asked of the language. */
  readonly rows: readonly (readonly string[])[];
  /** Letters with marks that the language needs besides. */
  readonly more: readonly string[];
  /** The script has capital letters. */
  readonly capitals: boolean;
}

const rows = (...lines: readonly string[]): readonly (readonly string[])[] => lines.map((line) => line.split(' '));

const scripts = {
  qwerty: rows('q w e r t y u i o p', 'a s d f g h j k l', 'z x c v b n m'),
  qwertz: rows('q w e r t z u i o p', 'a s d f g h j k l', 'y x c v b n m'),
  azerty: rows('a z e r t y u i o p', 'q s d f g h j k l m', 'w x c v b n'),
  russian: rows('й ц у к е н г ш щ з х', 'ф ы в а п р о л д ж э', 'я ч с м и т ь б ю ё ъ'),
  ukrainian: rows('й ц у к е н г ш щ з х ї', 'ф і в а п р о л д ж є', 'я ч с м и т ь б ю ґ'),
  bulgarian: rows('я в е р т ъ у и о п ч', 'а с д ф г х й к л ш щ', 'з ь ц ж б н м ю'),
  serbian: rows('љ њ е р т з у и о п ш', 'а с д ф г х ј к л ч ћ', 'ѕ џ ц в б н м ђ ж'),
  macedonian: rows('љ њ е р т ѕ у и о п ш', 'а с д ф г х ј к л ч ќ', 'з џ ц в б н м ѓ ж'),
  kazakh: rows('ә і ң ғ ү ұ қ ө һ', 'й ц у к е н г ш щ з х', 'ф ы в а п р о л д ж э', 'я ч с м и т ь б ю ъ'),
  greek: rows('ε ρ τ υ θ ι ο π', 'α σ δ φ γ η ξ κ λ', 'ζ χ ψ ω β ν μ ς'),
  arabic: rows('ض ص ث ق ف غ ع ه خ ح ج', 'ش س ي ب ل ا ت ن م ك ط', 'ذ ء ؤ ر ى ة و ز ظ د'),
  persian: rows('ض ص ث ق ف غ ع ه خ ح ج چ', 'ش س ی ب ل ا ت ن م ک گ', 'ظ ط ز ر ذ د پ و ژ ئ'),
  urdu: rows('ق و ع ر ت ے ء ی ہ پ', 'ا س د ف گ ح ج ک ل ٹ', 'ز ش چ ط ب ن م ں ڈ ڑ'),
  hebrew: rows('ק ר א ט ו ן ם פ', 'ש ד ג כ ע י ח ל ך ף', 'ז ס ב ה נ מ צ ת ץ'),
} as const;

type Script = keyof typeof scripts;

const scriptOf: Readonly<Record<string, Script>> = {
  de: 'qwertz',
  cs: 'qwertz',
  sk: 'qwertz',
  hu: 'qwertz',
  sl: 'qwertz',
  hr: 'qwertz',
  bs: 'qwertz',
  sq: 'qwertz',
  fr: 'azerty',
  ru: 'russian',
  uk: 'ukrainian',
  bg: 'bulgarian',
  sr: 'serbian',
  mk: 'macedonian',
  kk: 'kazakh',
  el: 'greek',
  ar: 'arabic',
  fa: 'persian',
  ur: 'urdu',
  he: 'hebrew',
};

const moreOf: Readonly<Record<string, string>> = {
  ar: 'أ إ آ ئ ؟',
  az: 'ə ç ğ ı ö ş ü',
  bs: 'č ć đ š ž',
  ca: 'à ç é è í ï ó ò ú ü',
  cs: 'á č ď é ě í ň ó ř š ť ú ů ý ž',
  da: 'æ ø å',
  de: 'ä ö ü ß',
  el: 'ά έ ή ί ό ύ ώ ϊ ϋ',
  es: 'á é í ñ ó ú ü ¿ ¡',
  et: 'ä õ ö ü š ž',
  eu: 'ñ',
  fa: 'آ أ ‌ ؟',
  fi: 'ä ö å',
  fil: 'ñ',
  fr: 'à â ç é è ê ë î ï ô ù û œ',
  ga: 'á é í ó ú',
  gl: 'á é í ñ ó ú ü',
  hr: 'č ć đ š ž',
  hu: 'á é í ó ö ő ú ü ű',
  is: 'á æ ð é í ó ö þ ú ý',
  it: 'à è é ì ò ù',
  lt: 'ą č ę ė į š ų ū ž',
  lv: 'ā č ē ģ ī ķ ļ ņ š ū ž',
  nb: 'æ ø å',
  nl: 'é ë ï ö ü',
  pl: 'ą ć ę ł ń ó ś ź ż',
  pt: 'á â ã à ç é ê í ó ô õ ú',
  ro: 'ă â î ș ț',
  sk: 'á ä č ď é í ĺ ľ ň ó ô ŕ š ť ú ý ž',
  sl: 'č š ž',
  sq: 'ç ë',
  sv: 'å ä ö',
  tr: 'ç ğ ı i̇ ö ş ü',
  ur: 'ث خ ذ ژ ص ض ظ غ ھ ؤ ئ آ ؟',
  uz: 'oʻ gʻ ʼ',
  vi: 'ă â đ ê ô ơ ư á à ả ã ạ é è ẻ ẽ ẹ í ì ỉ ĩ ị ó ò ỏ õ ọ ú ù ủ ũ ụ ý ỳ ỷ ỹ ỵ',
};

const WITHOUT_CAPITALS: ReadonlySet<Script> = new Set(['arabic', 'persian', 'urdu', 'hebrew']);

/** `tag`: BCP 47. Languages whose letters need a method of input (Chinese, Japanese, …) get Latin ones. */
export function layoutOf(tag: string): Layout {
  const language = tag.toLowerCase().split('-')[0] ?? '';
  const script = scriptOf[language] ?? 'qwerty';
  const more = moreOf[language];
  return {
    rows: scripts[script],
    more: more === undefined ? [] : more.split(' '),
    capitals: !WITHOUT_CAPITALS.has(script),
  };
}

/** Numbers and signs, the same everywhere. */
export const symbolRows = rows('1 2 3 4 5 6 7 8 9 0', '@ # & - + ( ) / * "', ". , ! ? ' : ; _ % €");
