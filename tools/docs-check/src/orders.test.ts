import { describeProblems, jobRequestSchema } from '@serverless-ops/job-schemas';
import { readWorkspacePages } from './workspace-pages.ts';

const orders = readWorkspacePages().flatMap(({ path, blocks }) =>
  blocks
    .filter(({ language, text }) => language === 'json' && text.includes('"job_name"'))
    .map(({ text, line }) => ({ where: `${path}:${line}`, text })),
);

describe('the orders that pages show', () => {
  it('are found', () => {
    expect(orders.length).toBeGreaterThan(1);
  });

  it.each(orders)('can be sent: $where', ({ text }) => {
    const parsed = jobRequestSchema.safeParse(JSON.parse(text));

    expect(parsed.error === undefined ? [] : describeProblems(parsed.error)).toEqual([]);
  });
});
