/** The one account and region that a Parameter Store belongs to. */
export interface Account {
  accountId: string;
  region: string;
}

/** What is before the name in the ARN of a parameter. */
export const parameterArnPrefix = ({ accountId, region }: Account): string =>
  `arn:aws:ssm:${region}:${accountId}:parameter`;

/** `/a/b` is `parameter/a/b` in an ARN, and so is `a`, without the slash, `parameter/a`. */
export const parameterArn = (account: Account, name: string): string =>
  `${parameterArnPrefix(account)}/${name.replace(/^\//, '')}`;

/** A parameter as a call names it: by name or ARN, with a version (`/a:3`) or a label behind it. */
export interface SelectedParameter {
  name: string;
  /** What is behind the name, without the colon. */
  selector: string | undefined;
}

/** Reads how a call names a parameter. */
export function selectedParameter(nameOrArn: string): SelectedParameter {
  const text = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
  const [, name = text, selector] = /^([^:]*):([^:]+)$/.exec(text) ?? [];
  return { name, selector };
}

/** Name of a parameter, however a call names it. */
export const parameterNameOf = (nameOrArn: string): string => selectedParameter(nameOrArn).name;

const REFERENCE = '/aws/reference/secretsmanager/';

/** Id of the secret that a name of this form refers to (user guide, "Referencing AWS Secrets Manager secrets"). */
export const secretIdOf = (name: string): string | undefined =>
  name.startsWith(REFERENCE) ? name.slice(REFERENCE.length) : undefined;
