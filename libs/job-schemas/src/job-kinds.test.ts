import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { JOB_KINDS, JOB_NAMES, JOB_OPTIONS_SCHEMAS, WORKER_JOB_NAMES } from './job-kinds.ts';
import { jobNameProblem } from './job-name.ts';
import { jobRequestSchema, workerJobSchema } from './job-request.ts';

const kinds = JOB_NAMES.map((name) => [name, JOB_KINDS[name]] as const);

describe('the table of job kinds', () => {
  it('has every kind of the folder kinds, each in the file of its name', () => {
    const files = readdirSync(join(import.meta.dirname, 'kinds'));

    expect(JOB_NAMES.map((name) => `${name.replaceAll('_', '-')}.ts`).sort()).toEqual(files.sort());
  });

  it('has each name once', () => {
    expect(JOB_NAMES).toEqual([...new Set(JOB_NAMES)]);
    expect(Object.keys(JOB_KINDS)).toEqual(JOB_NAMES);
  });

  it.each(kinds)('has in %s a name that a job can have', (name) => {
    expect(jobNameProblem(name)).toBeUndefined();
  });

  it.each(kinds)('has an example of %s that can be ordered, with every option', (name, { example }) => {
    expect(jobRequestSchema.safeParse({ job_name: name, job_options: example }).error).toBeUndefined();
    expect(Object.keys(example).sort()).toEqual(Object.keys(JOB_OPTIONS_SCHEMAS[name].shape).sort());
  });

  it.each(kinds)('says of %s that it needs a database if its options require one', (_, { options, needsDatabase }) => {
    const { required = [] } = z.toJSONSchema(options, { io: 'input' });

    expect(['db_name', 'db_env'].map((option) => required.includes(option))).toEqual([needsDatabase, needsDatabase]);
  });

  it.each(kinds)('has a result of %s that tells that the job is complete', (_, { result }) => {
    expect(result.shape.status.value).toBe('job complete');
  });

  it.each(kinds)('gives %s to the worker if it runs there, and only then', (name, { runsIn, example }) => {
    const isTaken = workerJobSchema.safeParse({ job_name: name, job_options: example }).success;

    expect(isTaken).toBe(runsIn === 'worker');
    expect(WORKER_JOB_NAMES.some((job) => job === name)).toBe(isTaken);
  });
});
