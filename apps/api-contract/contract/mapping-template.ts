import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Text of a mapping template (Velocity) of the `templates` folder, every `{{name}}` in it replaced by its value.
 *
 * @throws Error when the template asks for a value that was not given.
 */
export function mappingTemplate(fileName: string, values: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(join(import.meta.dirname, 'templates', fileName), 'utf8');
  return text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${fileName}: no value for ${placeholder}. Pass it to mappingTemplate.`);
    return value;
  });
}
