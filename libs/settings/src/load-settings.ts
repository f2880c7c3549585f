import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { SettingsError } from './errors.ts';
import { findProblems } from './find-problems.ts';
import { settingsFileSchema } from './settings-schema.ts';
import type { DefaultSizes } from './mysql-worker-schema.ts';
import type { Settings } from './settings.ts';
import { toSettings } from './to-settings.ts';

export interface ReadOptions {
  /** How errors call the file. @default settings.yml */
  readonly file?: string;
  /** The jobs of the worker, with their default sizes. @default - neither names of jobs nor sizes are checked */
  readonly workerJobs?: DefaultSizes;
}

/**
 * Reads and checks a settings file.
 *
 * @throws SettingsError when it is not YAML or says anything that the schema does not allow.
 */
export function loadSettings(file: string, options: Omit<ReadOptions, 'file'> = {}): Settings {
  return parseSettings(readFileSync(file, 'utf8'), { ...options, file });
}

/** The same for text that was read already. */
export function parseSettings(text: string, { file = 'settings.yml', workerJobs }: ReadOptions = {}): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code, message }) => ({
      path: '',
      line: lines.linePos(pos[0]).line,
      message: code === 'MULTIPLE_DOCS' ? 'found a second document after "---"; allowed: one' : message,
    }));
    throw new SettingsError(file, problems);
  }
  // A file with nothing but comments is an empty one, not a wrong one.
  const parsed = settingsFileSchema(workerJobs).safeParse(valueOf(document, file) ?? {});
  if (!parsed.success) throw new SettingsError(file, findProblems(parsed.error, document, lines));
  return toSettings(parsed.data);
}

/** Aliases that repeat aliases could fill the memory; YAML's reader gives up on them. */
function valueOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new SettingsError(file, [
      { path: '', line: 1, message: `${error.message}; allowed: aliases (*name) that repeat little` },
    ]);
  }
}
