import { hidesAscii } from './scan-sql.ts';

/**
 * Whether the command-line clients of both makers send this statement as it is and see where it ends. They read less of
 * SQL than a server does: quotes, comments, and a backslash that starts a command. The text has one character for each
 * byte. For what they do with a line, see `add_line` in MySQL's client/mysql.cc.
 */
export function clientCarries(text: string, { sqlMode = '', characterSet = 'utf8mb4' } = {}): boolean {
  // Such a statement tells the client its character set (`\C`), which then finds the characters as a server does.
  if (hidesAscii(characterSet)) return true;
  // "readline adds one '\\'": a client drops a backslash at the end of a line, in quotes too.
  if (text.includes('\\\n')) return false;
  const escapes = !/\bNO_BACKSLASH_ESCAPES\b/.test(sqlMode);
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      // Also in a name in double quotes, where ANSI_QUOTES makes it an ordinary character for the server.
      if (character === '\\' && escapes && quote !== '`') at++;
      else if (character === quote) quote = '';
      continue;
    }
    if (character === '\\') {
      if (text.charAt(at + 1) !== 'N') return false;
    } else if (/['"`]/.test(character)) quote = character;
    else if (character === '#' || /^--(?:\s|$)/.test(text.slice(at, at + 3))) {
      at = endOr(text.indexOf('\n', at), text);
    } else if (/^\/\*[^!+]/.test(text.slice(at, at + 3))) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return false;
      at = end + 1;
    }
  }
  return quote === '';
}

function endOr(at: number, text: string): number {
  return at === -1 ? text.length : at;
}
