import type { Secrets } from './secrets.ts';

const HIDDEN = '***';

/** Names, without case and separators, of fields whose values must stay hidden. */
const SECRET_FIELD =
  /password|passwd|passphrase|(^|db)pass$|secret|token|authorization|credential|apikey|privatekey|cookie/;

/**
 * Takes secrets out of a finished log line, one JSON object, by the name of their field, and random ones by their text
 * wherever they are. It works on what a line says, not on its characters, so that the result is always JSON and escapes
 * hide nothing.
 */
export function redactLine(line: string, secrets: Secrets): string {
  const redactValue = (value: unknown): unknown => {
    if (typeof value === 'string') return secrets.redactRandom(value);
    if (Array.isArray(value)) return value.map(redactValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(redactField));
  };

  const redactField = ([name, value]: [string, unknown]): [string, unknown] => {
    const isSecret = SECRET_FIELD.test(name.replace(/[^A-Za-z0-9]/g, '').toLowerCase());
    const saysNothing = value === null || typeof value === 'boolean';
    return [secrets.redactRandom(name), isSecret && !saysNothing ? HIDDEN : redactValue(value)];
  };

  return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
}
