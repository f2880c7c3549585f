import type { SSMClient } from '@aws-sdk/client-ssm';
import { JobError } from '@serverless-ops/job-schemas';
import { followReferences } from './follow-references.ts';
import { readParameters } from './read-parameters.ts';
import { resolveParameter, valuesOf } from './resolve-parameter.ts';

/** What one logs in to a server with. Holds a secret: never log it. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * User and password from two parameters named in full, decrypted, references to Secrets Manager followed.
 *
 * Throws `JobError`: `ParameterMissing` naming what does not exist, `ParameterInvalid` with everything that its
 * parameter cannot hold, a password in clear text or a reference that leads nowhere, `AccessDenied`, `InternalError`.
 */
export async function lookUpCredentials(request: {
  client: SSMClient;
  userParameter: string;
  passwordParameter: string;
}): Promise<Credentials> {
  const { client, userParameter, passwordParameter } = request;
  const stored = await readParameters([userParameter, passwordParameter], client);
  const user = stored.get(userParameter);
  const password = stored.get(passwordParameter);
  if (user === undefined || password === undefined) {
    const missing = [userParameter, passwordParameter].filter((name) => !stored.has(name));
    throw new JobError(
      'ParameterMissing',
      `These parameters are missing in Parameter Store: ${missing.join(', ')}. Create them (the password as a SecureString) and ` +
        'order the job again.',
    );
  }
  const follow = followReferences(client);
  const [userValue, passwordValue] = valuesOf(
    await Promise.all([
      resolveParameter({ ...user, parameter: userParameter, field: 'db_user' }, follow),
      resolveParameter({ ...password, parameter: passwordParameter, field: 'db_pass' }, follow),
    ]),
  );
  return { user: userValue?.value ?? '', password: passwordValue?.value ?? '' };
}
