/** A shorter secret is part of too many words; it is hidden where it is a word of its own. */
const MIN_LENGTH_TO_HIDE_INSIDE_WORDS = 4;

/** What to look for so that a secret is found, also where it was escaped or encoded on its way into a text. */
export function secretPatterns(secret: string): string[] {
  const everywhere = secret.length >= MIN_LENGTH_TO_HIDE_INSIDE_WORDS;
  return formsOf(secret).map((form) => (everywhere ? escapeRegExp(form) : `(?<!\\w)${escapeRegExp(form)}(?!\\w)`));
}

/** Length of the longest text that {@link secretPatterns} find. */
export function longestForm(secret: string): number {
  return Math.max(...formsOf(secret).map((form) => form.length));
}

/** Longest first, for a form can begin with another one. */
function formsOf(secret: string): string[] {
  const url = encodeURIComponent(secret.toWellFormed());
  // RFC 3986 reserves these too, and the AWS SDK encodes them.
  const strictUrl = url.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const inJson = jsonEscaped(secret);
  const base64 = Buffer.from(secret).toString('base64url');
  const forms = new Set([
    secret,
    inJson,
    jsonEscaped(inJson),
    url,
    strictUrl,
    lowerCaseEscapes(url),
    lowerCaseEscapes(strictUrl),
    url.replaceAll('%20', '+'),
    // As Bash shows a word under "set -x", and as its printf "%q" does.
    secret.replaceAll("'", String.raw`'\''`),
    secret.replaceAll(/[^\w@%+=:,./\u{80}-\u{10FFFF}-]/gu, (character) => `\\${character}`),
    base64,
    base64.replaceAll('-', '+').replaceAll('_', '/'),
  ]);
  return [...forms].sort((a, b) => b.length - a.length);
}

const jsonEscaped = (text: string): string => JSON.stringify(text).slice(1, -1);

const lowerCaseEscapes = (url: string): string => url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
