const ESCAPES = new Map([
  ['\0', '\\0'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\\', '\\\\'],
  ["'", "''"],
  ['\u001a', '\\Z'],
]);

/** What stands between the quotes where a server of either maker shows a text: a comment, a member of an ENUM, a default. */
export function shownLiteral(text: string): string {
  return Array.from(text, (character) => ESCAPES.get(character) ?? character).join('');
}
