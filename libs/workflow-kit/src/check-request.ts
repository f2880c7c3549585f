import { JOB_KINDS, JOB_NAMES, JOB_OPTIONS_SCHEMAS, pascalCase, type JobName } from '@serverless-ops/job-schemas';
import { z } from 'zod';
import type { ChoiceRule, State, States } from './states-language.ts';

/** Where a request goes once it was checked. */
export interface CheckedRequestTargets {
  readonly forDatabase: string;
  readonly withoutDatabase: string;
  readonly refused: string;
}

interface JobOptions {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly type?: string; readonly enum?: readonly string[] }>>;
}

const DATABASE_OPTIONS = ['db_name', 'db_env'];

/**
 * The states that check a request before anything starts, made from the schemas of the jobs that a workflow runs: an
 * unknown job, a missing option, a wrong type and an option of another job are refused. States Language cannot list the
 * keys of an object, so an option that no job has is left to what does the work: it checks the whole request again.
 */
export function checkRequestStates(jobs: readonly JobName[], targets: CheckedRequestTargets): States {
  const states: Record<string, State> = {
    CheckRequest: {
      Type: 'Choice',
      Choices: jobs.map((job) => ({
        And: [isPresent('$.job_name'), { Variable: '$.job_name', StringEquals: job }],
        Next: `Check${pascalCase(job)}`,
      })),
      Default: 'RefuseUnknownJob',
    },
    RefuseUnknownJob: refuse(
      'unknown',
      `job_name must be ${jobs.length > 1 ? 'one of ' : ''}${jobs.join(', ')}`,
      targets.refused,
    ),
  };
  for (const job of jobs) {
    const options = optionsOf(job);
    states[`Check${pascalCase(job)}`] = {
      Type: 'Choice',
      Choices: acceptingChoices(job, options, targets),
      Default: `Refuse${pascalCase(job)}`,
    };
    states[`Refuse${pascalCase(job)}`] = refuse(job, describeOptions(job, options), targets.refused);
  }
  return states;
}

function optionsOf(job: JobName): JobOptions {
  const { required = [], properties = {} } = z.toJSONSchema(JOB_OPTIONS_SCHEMAS[job], { io: 'input' });
  return { required, properties: properties as JobOptions['properties'] };
}

/** A job whose database is optional names it wholly or not at all. */
function acceptingChoices(job: JobName, options: JobOptions, targets: CheckedRequestTargets): ChoiceRule[] {
  const takesDatabase = DATABASE_OPTIONS.every((option) => option in options.properties);
  const { needsDatabase } = JOB_KINDS[job];
  const otherOptions = Object.keys(options.properties).filter((option) => !DATABASE_OPTIONS.includes(option));
  const foreignOptions = [...new Set(JOB_NAMES.flatMap((job) => Object.keys(optionsOf(job).properties)))].filter(
    (option) => !(option in options.properties),
  );
  const always = [
    isPresent('$.job_options'),
    ...otherOptions.map((option) => optionRule(option, options)),
    ...foreignOptions.map(isAbsent),
  ];
  return [
    ...(takesDatabase
      ? [{ And: [...always, ...DATABASE_OPTIONS.map((option) => given(option, options))], Next: targets.forDatabase }]
      : []),
    ...(needsDatabase ? [] : [{ And: [...always, ...DATABASE_OPTIONS.map(isAbsent)], Next: targets.withoutDatabase }]),
  ];
}

function optionRule(option: string, options: JobOptions): ChoiceRule {
  const rule = given(option, options);
  return options.required.includes(option) ? rule : { Or: [isAbsent(option), rule] };
}

function given(option: string, { properties }: JobOptions): ChoiceRule {
  const variable = `$.job_options.${option}`;
  const { type, enum: values } = properties[option] ?? {};
  const rules: ChoiceRule[] = [isPresent(variable)];
  if (values) rules.push({ Or: values.map((value) => ({ Variable: variable, StringEquals: value })) });
  else if (type === 'string') rules.push({ Variable: variable, IsString: true });
  else if (type === 'boolean') rules.push({ Variable: variable, IsBoolean: true });
  else if (type === 'integer' || type === 'number') rules.push({ Variable: variable, IsNumeric: true });
  return { And: rules };
}

function isPresent(variable: string): ChoiceRule {
  return { Variable: variable, IsPresent: true };
}

function isAbsent(option: string): ChoiceRule {
  return { Variable: `$.job_options.${option}`, IsPresent: false };
}

/** What was sent is not repeated: it was not checked, and may hold what must not be in a notification. */
function refuse(jobName: string, allowed: string, next: string): State {
  return {
    Type: 'Pass',
    Parameters: {
      job_name: jobName,
      database: 'none',
      failure: {
        Error: 'InvalidRequest',
        Cause: `The request is not valid: ${allowed}. Compare it with the input of this execution, and order the job again.`,
      },
    },
    Next: next,
  };
}

function describeOptions(job: JobName, { required, properties }: JobOptions): string {
  const describe = (option: string): string => {
    const { type, enum: values } = properties[option] ?? {};
    return `${option} (${values?.join(' or ') ?? type ?? 'any'})`;
  };
  const optional = Object.keys(properties).filter((option) => !required.includes(option));
  const pair = DATABASE_OPTIONS.every((option) => optional.includes(option))
    ? ', db_name and db_env only together'
    : '';
  const parts = [
    ...(required.length > 0 ? [`must have ${required.map(describe).join(', ')}`] : []),
    ...(optional.length > 0 ? [`may have ${optional.map(describe).join(', ')}${pair}`] : []),
    'nothing else',
  ];
  return `job_options of ${job} ${parts.join('; ')}`;
}
