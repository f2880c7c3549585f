import type { JsonObject } from '../../endpoint/service.ts';
import { LogStore } from '../log-store.ts';
import { insightsActions } from './insights-actions.ts';

const START = Date.parse('2026-11-25T06:00:00Z');
const store = new LogStore(() => new Date(START));
const actions = insightsActions(store);
const call = (action: string, input: JsonObject): Promise<JsonObject> => {
  const run = actions[action];
  if (!run) throw new Error(`There is no ${action}.`);
  return run(input, { principal: { kind: 'account' }, requestId: 'id' });
};

beforeAll(() => {
  store.createGroup({ name: '/jobs' });
  const lines = [
    { job_id: 'a', level: 'info', msg: 'start', progress: { rows: 5 } },
    { job_id: 'b', level: 'info', msg: 'other' },
    { job_id: 'a', level: 'error', msg: 'ends "badly"', progress: { rows: 30 } },
  ];
  for (const [index, line] of lines.entries()) store.write('/jobs', 'task', JSON.stringify(line), START + index);
  store.write('/jobs', 'task', 'no JSON', START + 3);
});

const range = { startTime: START / 1000, endTime: START / 1000 + 60 };

/** The rows of a finished query without `@ptr`. */
async function rows(queryString: string): Promise<Record<string, string>[]> {
  const { queryId = '' } = await call('StartQuery', { logGroupName: '/jobs', queryString, ...range });
  const { results, status } = await call('GetQueryResults', { queryId });
  expect(status).toBe('Complete');
  return (results as { field: string; value: string }[][]).map((row) =>
    Object.fromEntries(row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field, value])),
  );
}

describe('Logs Insights', () => {
  it('runs the query of docs/deploy.md', async () => {
    expect(await rows('fields @timestamp, level, msg | filter job_id = "a" | sort @timestamp')).toEqual([
      { '@timestamp': '2026-11-25 06:00:00.000', level: 'info', msg: 'start' },
      { '@timestamp': '2026-11-25 06:00:00.002', level: 'error', msg: 'ends "badly"' },
    ]);
  });

  it('gives time and message, the newest first, when a query names no fields', async () => {
    expect(await rows('limit 1')).toEqual([{ '@timestamp': '2026-11-25 06:00:00.003', '@message': 'no JSON' }]);
  });

  it.each([
    ['filter level = "error"', ['ends "badly"']],
    ['filter level != "error" and ispresent(level)', ['other', 'start']],
    ['filter not (job_id = "a" or job_id = "b")', [undefined]],
    ['filter progress.rows > 5', ['ends "badly"']],
    ['filter progress.rows >= 5', ['ends "badly"', 'start']],
    ['filter msg like "badly"', ['ends "badly"']],
    ['filter msg like /(?i)^S.*t$/', ['start']],
    ['filter msg not like /t/ and ispresent(msg)', ['ends "badly"']],
    ['filter job_id in ["b", "c"]', ['other']],
    ['filter @message = "no JSON"', [undefined]],
    ['filter msg = "ends \\"badly\\""', ['ends "badly"']],
    ["filter\n # a comment\n `job_id` = 'b'", ['other']],
  ])('runs %s', async (query, messages) => {
    expect((await rows(`fields msg | ${query}`)).map(({ msg }) => msg)).toEqual(messages);
  });

  it('counts and sums by fields', async () => {
    expect(
      await rows('filter ispresent(job_id) | stats count(*) as lines, max(progress.rows) by job_id | sort lines desc'),
    ).toEqual([
      { job_id: 'a', lines: '2', 'max(progress.rows)': '30' },
      { job_id: 'b', lines: '1' },
    ]);
  });

  it.each([
    'parse @message "x*" as y',
    'fields concat(a, b)',
    'filter level = ',
    'filter level ~ "x"',
    'filter msg like /(/',
    'sort @timestamp desc | dedup job_id',
    'stats pct(x, 95)',
    'fields a |',
    '',
  ])('refuses %j instead of answering something else', async (queryString) => {
    await expect(call('StartQuery', { logGroupName: '/jobs', queryString, ...range })).rejects.toMatchObject({
      code: 'MalformedQueryException',
    });
  });

  it('keeps to the range of seconds, both ends included', async () => {
    const count = async (startTime: number, endTime: number) => {
      const { queryId = '' } = await call('StartQuery', {
        logGroupNames: ['/jobs'],
        queryString: 'fields a',
        startTime,
        endTime,
      });
      return (await call('GetQueryResults', { queryId }))['statistics'];
    };
    expect(await count(START / 1000, START / 1000)).toMatchObject({ recordsMatched: 4, recordsScanned: 4 });
    expect(await count(START / 1000 + 1, START / 1000 + 9)).toMatchObject({ recordsMatched: 0, recordsScanned: 0 });
  });

  it('cannot stop a query that is complete, nor show one that is not there', async () => {
    const { queryId = '' } = await call('StartQuery', { logGroupName: '/jobs', queryString: 'fields a', ...range });
    await expect(call('StopQuery', { queryId })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(call('GetQueryResults', { queryId: 'none' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
