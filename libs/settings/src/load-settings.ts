import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { SettingsError } from './errors.ts';
import { findProblems } from './find-problems.ts';
import { settingsFileSchema } from './settings-schema.ts';
import type { Settings } from './settings.ts';
import { toSettings } from './to-settings.ts';

/**
 * Reads and checks a settings file.
 *
 * @throws SettingsError when it is not YAML or says anything that the schema does not allow.
 */
export function loadSettings(file: string): Settings {
  return parseSettings(readFileSync(file, 'utf8'), file);
}

/** The same for text that was read already; `file` is how errors call it. */
export function parseSettings(text: string, file = 'settings.yml'): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      path: '',
      line: lines.linePos(pos[0]).line,
      message,
    }));
    throw new SettingsError(file, problems);
  }
  // A file with nothing but comments is an empty one, not a wrong one.
  const parsed = settingsFileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) throw new SettingsError(file, findProblems(parsed.error, document, lines));
  return toSettings(parsed.data);
}
