import { secretPatterns } from './secret-forms.ts';

const HIDDEN = '***';

/** Names, without case and separators, of fields whose values nobody is to read. */
const SECRET_FIELD =
  /password|passwd|passphrase|(^|db)pass$|secret|token|authorization|credential|apikey|privatekey|cookie/;

/** Written by the logger itself: they hold no secret, and hiding what everybody knows would betray a short one. */
const OWN_FIELDS = ['level', 'time'];

/** Takes secrets out of finished log lines, by the name of their field and by their text, wherever it stands. */
export interface LineRedactor {
  hideSecret(text: string): void;
  /** `line` is one JSON object; so is the result. */
  redactLine(line: string): string;
  /** Any value of JSON, with secrets hidden in it at every depth. */
  redact(value: unknown): unknown;
}

/** Works on what a line says, not on its characters, so that the result is always JSON and escapes hide nothing. */
export function createLineRedactor(): LineRedactor {
  const secrets = new Set<string>();
  let secretText: RegExp | undefined;

  const redactText = (text: string): string => (secretText ? text.replace(secretText, HIDDEN) : text);

  const redactValue = (value: unknown): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'number') return redactText(String(value)) === String(value) ? value : HIDDEN;
    if (Array.isArray(value)) return value.map(redactValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(redactField));
  };

  const redactField = ([name, value]: [string, unknown]): [string, unknown] => {
    const isSecret = SECRET_FIELD.test(name.replace(/[^A-Za-z0-9]/g, '').toLowerCase());
    const saysNothing = value === null || typeof value === 'boolean';
    return [redactText(name), isSecret && !saysNothing ? HIDDEN : redactValue(value)];
  };

  return {
    hideSecret: (text) => {
      if (text === '') return;
      secrets.add(text);
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
      secretText = new RegExp(longestFirst.flatMap(secretPatterns).join('|'), 'g');
    },
    redact: redactValue,
    redactLine: (line) => {
      const fields = Object.entries(JSON.parse(line) as object);
      const redacted = fields.map((field) => (OWN_FIELDS.includes(field[0]) ? field : redactField(field)));
      return `${JSON.stringify(Object.fromEntries(redacted))}\n`;
    },
  };
}
