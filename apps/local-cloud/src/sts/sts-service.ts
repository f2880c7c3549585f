import { z } from 'zod';
import type { Account } from '../endpoint/account.ts';
import { action } from '../endpoint/action.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { sessionArn } from '../iam/authorizer.ts';

/** Who somebody is. Everybody may ask that. */
export function createStsService({ accountId }: Account): AwsService {
  const getCallerIdentity = action(z.object({}), (_input, { principal }) =>
    principal.kind === 'account'
      ? { UserId: 'AIDALOCALCLOUD', Account: accountId, Arn: `arn:aws:iam::${accountId}:user/local-cloud` }
      : {
          UserId: `AROALOCALCLOUD:${principal.sessionName ?? 'local-cloud'}`,
          Account: accountId,
          Arn: sessionArn(principal),
        },
  );
  return { name: 'sts', actions: { GetCallerIdentity: getCallerIdentity }, permissions: () => [] };
}
