import { type Account, arnOf } from '../endpoint/account.ts';
import type { JsonObject } from '../endpoint/service.ts';
import type { Permission } from '../iam/permission.ts';

/** `/a/b` stands as `parameter/a/b` in an ARN, and so does `a`, without the slash, as `parameter/a`. */
export const parameterArn = (account: Account, name: string): string =>
  arnOf(account, 'ssm', `parameter/${name.replace(/^\//, '')}`);

/** Name of a parameter that is given by name, by name and version (`/a:3`), or by ARN. */
export function parameterNameOf(nameOrArn: string): string {
  const name = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
  return name.replace(/:\d+$/, '');
}

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
