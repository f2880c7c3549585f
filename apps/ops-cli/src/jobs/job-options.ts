import type { JobKind } from '@serverless-ops/job-schemas';
import { InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';

/** Of a job's options, the two that are arguments. */
const ARGUMENTS = ['db_name', 'db_env'];

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: string | number | boolean | readonly unknown[];
}

/** An option of a job, and the option of the command that sets it. */
export interface JobOption {
  /** `include_tables` */
  readonly name: string;
  readonly option: Option;
}

/** The options of a kind of job as those of a command: `include_tables` is `--include-tables <names...>`. */
export function jobOptions({ options }: Pick<JobKind, 'options'>): JobOption[] {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input' }) as { properties?: Record<string, Property> };
  return Object.entries(properties)
    .filter(([name]) => !ARGUMENTS.includes(name))
    .map(([name, property]) => ({ name, option: toOption(name, property) }));
}

function toOption(name: string, { type, enum: values, description = '', default: preset }: Property): Option {
  const flag = `--${name.replaceAll('_', '-')}`;
  const isTold = typeof preset === 'string' || typeof preset === 'number' || preset === true;
  const help = isTold ? `${description} (default: ${String(preset)})` : description;
  if (values !== undefined) return new Option(`${flag} <value>`, help).choices(values);
  switch (type) {
    case 'boolean':
      return new Option(preset === true ? flag.replace('--', '--no-') : flag, help);
    case 'integer':
    case 'number':
      return new Option(`${flag} <number>`, help).argParser(wholeNumber);
    case 'array':
      return new Option(`${flag} <name...>`, help);
    default:
      return new Option(`${flag} <text>`, help);
  }
}

/** JavaScript's own reading also takes `0x10`, `1e2` and an empty text for numbers. */
function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number in decimal digits.');
  return Number(text);
}
