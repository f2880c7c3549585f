import { JOB_KINDS, JOB_NAMES, JOB_OPTIONS_SCHEMAS } from '@serverless-ops/job-schemas';
import type { z } from 'zod';
import { synthesizedApi } from './assembly/api-document.ts';
import { pythonVerdicts } from './draft4/python-verdicts.ts';

const model = synthesizedApi().components.schemas['JobRequest'] ?? {};

const orderOf = (job: (typeof JOB_NAMES)[number]) => ({ job_name: job, job_options: JOB_KINDS[job].example });

describe('the model of orders, in the words of a validator that shares nothing with ajv', () => {
  it('takes an order of every kind with every option', () => {
    const orders = JOB_NAMES.map(orderOf);
    expect(pythonVerdicts(model, orders)).toEqual(orders.map(() => true));
  });

  it('refuses in every option what no job takes', () => {
    const bad = [7, null, { a: 1 }, 'x'.repeat(300), ['x'.repeat(300)], new Array<string>(21).fill('a'), 'a\u0000'];
    for (const job of JOB_NAMES) {
      const { job_options } = orderOf(job);
      const shape: Readonly<Record<string, z.ZodType>> = JOB_OPTIONS_SCHEMAS[job].shape;
      for (const [name, option] of Object.entries(shape)) {
        const orders = bad.map((value) => ({ job_name: job, job_options: { ...job_options, [name]: value } }));
        const byJob = bad.map((value) => option.safeParse(value).success);
        expect([job, name, pythonVerdicts(model, orders)]).toEqual([job, name, byJob]);
      }
    }
  });

  it('refuses unknown jobs, options and fields', () => {
    const [first] = JOB_NAMES.map(orderOf);
    expect(
      pythonVerdicts(model, [
        { ...first, job_name: 'format_disk' },
        { ...first, state_machine: 'arn' },
        { ...first, job_options: { ...first?.job_options, db_host: 'evil.example' } },
        { job_name: 'db_backup' },
      ]),
    ).toEqual([false, false, false, false]);
  });
});
