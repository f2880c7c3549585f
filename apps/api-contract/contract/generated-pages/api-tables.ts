import { ERROR_CODES, JOB_KINDS, JOB_NAMES, JOB_OPTIONS_SCHEMAS, type JobName } from '@serverless-ops/job-schemas';
import { contractSchema, type ContractSchema } from '../contract-schema.ts';
import { jobOptionNames } from '../job-request-model.ts';
import { PROBLEMS } from '../problems.ts';
import { markdownTable } from './markdown-table.ts';

const DATABASE_OPTIONS = ['db_name', 'db_env'];

/** The tables of docs/api.md that follow from the schemas, by the names of their regions. */
export function apiTables(): Readonly<Record<string, string>> {
  return {
    'job kinds': markdownTable(
      ['job_name', 'job_options', 'result'],
      JOB_NAMES.map((job) => [code(job), describeOptions(optionsOf(job)), describeResult(job)]),
    ),
    'job options': markdownTable(
      ['option', 'of', 'type', 'what'],
      jobOptionNames(JOB_OPTIONS_SCHEMAS).map((name) => optionRow(name)),
    ),
    'error codes': markdownTable(
      ['code', 'retried', 'meaning'],
      Object.entries(ERROR_CODES).map(([name, { retryable, meaning }]) => [
        code(name),
        retryable ? 'yes' : 'no',
        meaning,
      ]),
    ),
    problems: markdownTable(
      ['type', 'status', 'title'],
      Object.entries(PROBLEMS).map(([name, { status, title }]) => [
        code(`urn:problem-type:serverless-ops:${name}`),
        String(status),
        title,
      ]),
    ),
  };
}

function optionsOf(job: JobName): ContractSchema {
  return contractSchema(JOB_OPTIONS_SCHEMAS[job]);
}

function describeOptions({ properties = {}, required = [] }: ContractSchema): string {
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const isPair = DATABASE_OPTIONS.every((name) => optional.includes(name));
  const alone = isPair ? optional.filter((name) => !DATABASE_OPTIONS.includes(name)) : optional;
  const mayHave = [
    ...(alone.length > 0 ? [codes(alone)] : []),
    ...(isPair ? [`${DATABASE_OPTIONS.map(code).join(' and ')} (both, or neither of them)`] : []),
  ];
  return [
    ...(required.length > 0 ? [codes(required)] : []),
    ...(mayHave.length > 0 ? [`may have ${mayHave.join(', and ')}`] : []),
  ].join('; ');
}

function describeResult(job: JobName): string {
  return codes(Object.keys(contractSchema(JOB_KINDS[job].result).properties ?? {}));
}

function optionRow(name: string): string[] {
  const jobs = JOB_NAMES.filter((job) => name in (optionsOf(job).properties ?? {}));
  const [job] = jobs;
  const { type = '', items, description = '' } = (job && optionsOf(job).properties?.[name]) ?? {};
  const itemType = (items as ContractSchema | undefined)?.type;
  return [code(name), codes(jobs), itemType === undefined ? type : `${type} of ${itemType}`, description];
}

function codes(names: readonly string[]): string {
  return names.map(code).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}
