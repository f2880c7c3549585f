import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';
import type { Scene } from '../scene.ts';
import { until } from '../until.ts';

/** CloudWatch shows what it received after some seconds; waits this long at most, in ms. */
const LOG_TIMEOUT_MS = 60_000;
/** The job ran in this time before now, in ms: without a start, CloudWatch searches all that it keeps. */
const SEARCH_MS = 60 * 60_000;

export const readLog: Check = {
  what: 'The log of a job can be found by its id',
  actions: ['logs:FilterLogEvents'],
  async perform(scene) {
    const jobId = scene.endedJobId;
    if (jobId === undefined) {
      throw new CheckFailedError(
        'No job ended well, so there is no log to look at.',
        'Solve the failures above first.',
      );
    }
    const logGroupName = scene.output('LogGroupName');
    const wait = {
      timeoutMs: LOG_TIMEOUT_MS,
      why: `The log group ${logGroupName} has no line "job complete" of the job ${jobId} after ${LOG_TIMEOUT_MS / 1000} s.`,
      next: 'Look whether the execution role of the task may write logs, and deploy again: npx nx run mysql-worker:deploy',
      signal: scene.signal,
    };
    return until(wait, async () => {
      const lines = await linesOf(scene, logGroupName, jobId);
      return lines.some((line) => line.includes('job complete'))
        ? `${lines.length} lines in ${logGroupName}`
        : undefined;
    });
  },
};

async function linesOf({ aws: { logs } }: Scene, logGroupName: string, jobId: string): Promise<string[]> {
  const query = { logGroupName, filterPattern: `{ $.job_id = "${jobId}" }`, startTime: Date.now() - SEARCH_MS };
  const lines: string[] = [];
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, query)) {
      lines.push(...events.map(({ message = '' }) => message));
    }
    return lines;
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    throw new CheckFailedError(
      `There is no log group ${logGroupName}.`,
      'It was deleted outside of CloudFormation. Create it under this name: aws logs create-log-group',
    );
  }
}
