import fc from 'fast-check';
import { JOB_KINDS, JOB_NAMES, JOB_OPTIONS_SCHEMAS, jobRequestSchema, type JobName } from '@serverless-ops/job-schemas';
import { z } from 'zod';
import { draft4Validator } from '../testing/draft-4-validator.ts';
import { contractSchema } from './contract-schema.ts';
import { jobRequestModel } from './job-request-model.ts';
import { models } from './models.ts';

const model = jobRequestModel(JOB_OPTIONS_SCHEMAS);
const isAllowed = draft4Validator(model);
const options = model.properties?.['job_options']?.properties ?? {};
const optionNames = Object.keys(options);

/** One good value of each option there is. */
const GOOD_VALUES: Readonly<Record<string, unknown>> = Object.fromEntries(
  JOB_NAMES.flatMap((job) => Object.entries(JOB_KINDS[job].example)),
);

/** Each just over one of the limits. */
const TOO_LONG = ['a'.repeat(65), 'a'.repeat(81), ['a'.repeat(257)], new Array<string>(21).fill('a')];

const anyValue = fc.oneof(
  fc.constantFrom(...Object.values(GOOD_VALUES), ...TOO_LONG),
  fc.string({ maxLength: 70 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 22 }),
);

describe('the model that API Gateway checks a job request against', () => {
  it('knows every job, and no other', () => {
    expect(model.properties?.['job_name']?.enum).toEqual(JOB_NAMES);
  });

  it('knows the options of all jobs, and no others', () => {
    const ofAllJobs = JOB_NAMES.flatMap((job) =>
      Object.keys(contractSchema(JOB_OPTIONS_SCHEMAS[job]).properties ?? {}),
    );
    expect(new Set(optionNames)).toEqual(new Set(ofAllJobs));
    expect(new Set(Object.keys(GOOD_VALUES))).toEqual(new Set(ofAllJobs));
  });

  it.each(JOB_NAMES)('types each option of %s as the job does', (job) => {
    for (const [name, schema] of Object.entries(contractSchema(JOB_OPTIONS_SCHEMAS[job]).properties ?? {})) {
      expect({ ...options[name], description: undefined }).toEqual({ ...schema, description: undefined });
      expect(options[name]?.description).toMatch(new RegExp(`\\(.*\\b${job}\\b.*\\)$`));
    }
  });

  it('requires no option that a job does without', () => {
    expect(model.properties?.['job_options']?.required).toBeUndefined();
  });

  it.each(JOB_NAMES)('accepts a request of %s with every option it has', (job: JobName) => {
    const known = Object.keys(contractSchema(JOB_OPTIONS_SCHEMAS[job]).properties ?? {});
    const request = {
      job_name: job,
      job_options: Object.fromEntries(known.map((name) => [name, GOOD_VALUES[name]])),
    };
    expect(jobRequestSchema.safeParse(request).success).toBe(true);
    expect(isAllowed(request)).toBe(true);
  });

  it.each(JOB_NAMES)('judges each option of %s as the job does', (job) => {
    const shape: Readonly<Record<string, z.ZodType>> = JOB_OPTIONS_SCHEMAS[job].shape;
    fc.assert(
      fc.property(fc.constantFrom(...Object.entries(shape)), anyValue, ([name, schema], value) => {
        const accepted = isAllowed({ job_name: job, job_options: { [name]: value } });
        expect(accepted).toBe(schema.safeParse(value).success);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['an unknown job', { job_name: 'db_drop', job_options: {} }],
    ['no job', { job_options: {} }],
    ['no options', { job_name: 'db_backup' }],
    ['an unknown option', { job_name: 'db_backup', job_options: { db_host: 'evil.example' } }],
    ['an unknown field', { job_name: 'db_backup', job_options: {}, stateMachineArn: 'arn:EVIL' }],
    ['a wrong type', { job_name: 'db_backup', job_options: { db_name: 7 } }],
    ['a name that is a path', { job_name: 'db_backup', job_options: { db_name: '../../root' } }],
  ])('refuses %s', (_, request) => {
    expect(isAllowed(request)).toBe(false);
  });

  it('refuses to merge options that two jobs mean differently', () => {
    const jobs = { a: z.strictObject({ bytes: z.int() }), b: z.strictObject({ bytes: z.string() }) };
    expect(() => jobRequestModel(jobs)).toThrow('The option bytes differs between a and b.');
  });
});

describe('the model of POST /db/backup', () => {
  const isBackup = draft4Validator(models()['BackupRequest'] ?? {});

  it('accepts what callers of the first version send', () => {
    expect(isBackup({ job_name: 'db_backup', job_options: { db_name: 'classicmodels', db_env: 'demo' } })).toBe(true);
  });

  it.each([
    ['another job', { job_name: 'run_script', job_options: { script: 'a.sh' } }],
    ['a missing option', { job_name: 'db_backup', job_options: { db_name: 'classicmodels' } }],
  ])('refuses %s', (_, request) => {
    expect(isBackup(request)).toBe(false);
  });
});
