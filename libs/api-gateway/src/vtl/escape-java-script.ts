const NAMED: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
};

/**
 * `$util.escapeJavaScript`, which is that of Java's commons-lang: everything beyond ASCII by its code, and `'` as `\'`,
 * which JSON does not allow.
 */
export function escapeJavaScript(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what has to be escaped
  return text.replace(/['"\\/\u0000-\u001f\u0080-\uffff]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return NAMED[character] ?? `\\u${code}`;
  });
}
