import { escape } from 'mysql2';

/** Given names in Latin, Cyrillic, Greek, Han, Kana, Hangul, Arabic, Hebrew and Devanagari script. */
export const GIVEN_NAMES = [
  ...['Anna', 'José', 'Zoë', 'Łukasz', 'Siobhán', 'Đorđe', 'Анна', 'Дмитрий', 'Ольга', 'Ελένη', 'Γιώργος'],
  ...['李娜', '伟', '秀英', 'さくら', 'ひろし', '민준', 'فاطمة', 'عمر', 'נועה', 'אריאל', 'आरती', 'विजय', 'ธนา'],
];

/** Family names, some with what has to be quoted. */
export const FAMILY_NAMES = [
  ...["O'Brien", 'Müller', 'Núñez', 'Nguyễn', 'Åkesson', 'Іваненко', 'Соколова', 'Παπαδόπουλος', '王', '张', '欧阳'],
  ...['田中', '佐藤', '김', 'الخطيب', 'حسن', 'כהן', 'לוי', 'शर्मा', 'पटेल', 'McTavish "Mac"', 'de la Cruz'],
];

export const COMPANY_ENDINGS = ['& Sons', 'GmbH', 'S.A.', 'ООО', '有限公司', '株式会社', 'شركة', 'בע"מ', 'प्रा. लि.'];

export const COUNTRIES = ['Éire', 'Deutschland', 'España', 'Україна', 'Ελλάδα', '中国', '日本', 'مصر', 'ישראל', 'भारत'];

/** Free text with what dumps stumble over: quotes, backslashes, line ends, tabs, emoji of several code points, NULL. */
export const REMARKS = [
  null,
  '',
  'Deliver before noon 🚚',
  'Ring twice 🔔🔔, the dog is friendly 🐕',
  "It's the one with \"both\" kinds of 'quotes'",
  'C:\\temp\\new -- not a comment; /* nor this */ # nor that',
  'first line\nsecond line\r\nthird line\tafter a tab',
  'Family 👩‍👩‍👧‍👦, flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿, skin tone 👍🏽',
  'Просьба позвонить заранее ☎️',
  '请在周末之前送达 📦',
  'يرجى الاتصال قبل التسليم',
  'נא להתקשר לפני המשלוח',
  'कृपया पहले फ़ोन करें 🙏',
  'combining: e\u0301 and n\u0303, zero width: a\u200bb',
];

export const PRODUCT_KINDS = [
  'Roadster',
  'Steam engine',
  'Schoner',
  'Трамвай',
  '蒸気機関車',
  'Biplane ✈',
  'Motocicleta',
];

export const PRODUCT_LINES = ['Classic Cars', 'Motorcycles', 'Planes', 'Ships', 'Trains', 'Trucks and Buses'];

export const PATHS = ['/', '/products', '/products/été', '/cart?step=2&lang=日本語', '/checkout', '/search?q=%25'];

export const REFERRERS = [null, 'https://example.com/', 'https://example.org/a_b%20c', ''];

/** SQL that gives a whole number from 0 to below `limit`: the same for the same salt and value of column `n`. */
export function pseudoRandom(salt: string, limit: number): string {
  return `(CRC32(CONCAT('${salt}', n)) MOD ${limit})`;
}

/** SQL that picks one of the words by column `n`. */
export function pick(salt: string, words: readonly (string | null)[]): string {
  return `ELT(1 + ${pseudoRandom(salt, words.length)}, ${words.map((word) => escape(word)).join(', ')})`;
}
