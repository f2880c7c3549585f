import { randomInt } from 'node:crypto';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { PasswordChangeResult } from '@serverless-ops/job-schemas';
import { answer } from '../answer.ts';
import { jobLogFor } from '../job-log.ts';
import { SSM_CLIENT_DEFAULTS } from '../ssm-client-defaults.ts';
import { readConfig } from './config.ts';
import { performChange } from './perform-change.ts';

const config = readConfig();
const client = new SSMClient(SSM_CLIENT_DEFAULTS);

/** Entry point of the function that changes a password. */
export const handler = (event: unknown): Promise<PasswordChangeResult> => {
  const jobLog = jobLogFor(event);
  const outside = { client, randomInteger: (limit: number) => randomInt(limit), now: () => new Date(), jobLog };
  return answer(jobLog, () => performChange(event, config, outside));
};
