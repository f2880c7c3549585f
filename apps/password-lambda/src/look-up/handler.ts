import { SSMClient } from '@aws-sdk/client-ssm';
import { answer } from '../answer.ts';
import type { ChangeRequest } from '../change-request.ts';
import { jobLogFor } from '../job-log.ts';
import { SSM_CLIENT_DEFAULTS } from '../ssm-client-defaults.ts';
import { readConfig } from './config.ts';
import { lookUp } from './look-up.ts';

const config = readConfig();
const client = new SSMClient(SSM_CLIENT_DEFAULTS);

/** Entry point of the function that looks up what a change needs. */
export const handler = (event: unknown): Promise<ChangeRequest> => {
  const jobLog = jobLogFor(event);
  return answer(jobLog, () => lookUp(event, { ...config, client, log: jobLog.logger }));
};
