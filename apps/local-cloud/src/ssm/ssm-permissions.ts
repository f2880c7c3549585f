import { parameterArn, parameterNameOf } from '@serverless-ops/ssm-server';
import { type Account, arnOf } from '../endpoint/account.ts';
import type { JsonObject } from '../endpoint/service.ts';
import type { Permission } from '../iam/permission.ts';

/** What a role needs for a call of Parameter Store. */
export function ssmPermissions(account: Account, actionName: string, input: JsonObject): Permission[] {
  const { Name, Names, Path } = input;
  const names = [Name, Path, ...(Array.isArray(Names) ? Names : [])].filter((each) => typeof each === 'string');
  if (actionName === 'DescribeParameters')
    return [{ action: 'ssm:DescribeParameters', resource: arnOf(account, 'ssm', '*') }];
  return names.map((each) => ({
    action: `ssm:${actionName}`,
    resource: parameterArn(account, parameterNameOf(each)),
  }));
}
