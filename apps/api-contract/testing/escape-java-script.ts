const SHORT: Readonly<Record<string, string>> = {
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
 * `$util.escapeJavaScript` of API Gateway: `StringEscapeUtils.escapeJavaScript` of Apache Commons Lang 2. It also
 * escapes the apostrophe, which JSON does not allow.
 */
export function escapeJavaScript(text: string): string {
  return text.replace(/['"\\/]|[^\x20-\x7f]/g, (character) => {
    const code = character.charCodeAt(0);
    return SHORT[character] ?? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
