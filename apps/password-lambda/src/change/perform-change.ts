import type { SSMClient } from '@aws-sdk/client-ssm';
import type { JobLogger } from '@serverless-ops/job-logging';
import { describeProblems, JobError, type PasswordChangeResult } from '@serverless-ops/job-schemas';
import { DB_HOST_DRYRUN } from '@serverless-ops/names';
import { changeRequestSchema } from '../change-request.ts';
import { changePassword } from './change-password.ts';
import type { ChangeConfig } from './config.ts';
import { generatePassword, type RandomInteger } from './generate-password.ts';

/** What the function works with. */
export interface Outside {
  readonly client: SSMClient;
  readonly randomInteger: RandomInteger;
  readonly now: () => Date;
  readonly jobLog: JobLogger;
}

const DRY_RUN_RESULT: PasswordChangeResult = {
  ...{ status: 'job complete', changed: false, created: false, version: 0, old_password_valid: false, duration_ms: 0 },
};

/** Does what one event asks for. Throws JobError. */
export async function performChange(
  event: unknown,
  { keyId, databaseTls }: ChangeConfig,
  { client, randomInteger, now, jobLog }: Outside,
): Promise<PasswordChangeResult> {
  const parsed = changeRequestSchema.safeParse(event);
  if (!parsed.success) {
    const problems = describeProblems(parsed.error).join('; ');
    throw new JobError(
      'InvalidRequest',
      `The request for a change is not valid: ${problems}. Report it with its input.`,
    );
  }
  const request = parsed.data;
  const { logger: log } = jobLog;
  if (request.server.host === DB_HOST_DRYRUN) {
    log.info('dry run: neither MySQL nor Parameter Store is touched');
    return DRY_RUN_RESULT;
  }
  if (databaseTls === 'INSECURE_unverified') {
    log.warn('INSECURE: the certificate of the server is not verified, so whoever sits between can read the passwords');
  }
  const hideSecret = (text: string): void => jobLog.hideSecret(text);
  const generate = (): string => generatePassword(randomInteger);
  return changePassword(request, { client, keyId, databaseTls, generate, now, log, hideSecret });
}
