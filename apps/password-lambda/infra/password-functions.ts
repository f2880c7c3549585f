import { createNodeFunction, readReferredSecrets, useKeyThrough, type OpsStack } from '@serverless-ops/cdk-kit';
import { DATABASE_ADMIN_PARAMETERS } from '@serverless-ops/names';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { PasswordNetwork } from './password-network.ts';
import type { PasswordFunction } from './workflow/password-workflow.ts';

/** Parameter Store answers within a second; a call has 20 s, so that the job reports its error and no timeout. */
const LOOK_UP_TIMEOUT = Duration.seconds(30);

/** The function reports a server that does not answer after 4 s; a change takes about a second, and reading 1,000 databases 20 s. */
const CHANGE_TIMEOUT = Duration.seconds(90);

/** Reads where the server is and what the parameters are called. It may read no secret and reaches no server. */
export function createLookUpFunction(stack: OpsStack, bundleFolder: string): PasswordFunction {
  const { names, settings } = stack;
  const readable = [
    ...['db_host', 'db_port', 'db_name'].map((name) => `databases/*/${name}`),
    'database_users/*/grant',
    'database_users/*/account',
  ];
  const lookUp = createNodeFunction(stack, 'LookUp', {
    functionName: names.passwordFunctions.lookUp,
    description: 'Looks up what a change of a password needs; no secret',
    bundleFolder,
    logGroupName: names.logGroups.passwordLookUp,
    environment: { PARAMETER_PREFIX: settings.parameterPrefix },
    timeout: LOOK_UP_TIMEOUT,
    statements: [onParameters(stack, ['ssm:GetParameters'], readable)],
  });
  return {
    arn: lookUp.functionArn,
    timeoutSeconds: LOOK_UP_TIMEOUT.toSeconds(),
    logGroupName: names.logGroups.passwordLookUp,
  };
}

/** Changes passwords: in the network of the databases, and the only function with rights on passwords. */
export function createChangeFunction(
  stack: OpsStack,
  props: { readonly bundleFolder: string; readonly keyArn: string; readonly network: PasswordNetwork },
): PasswordFunction {
  const { names, settings } = stack;
  const { parameterStoreUrl } = props.network;
  const ofAccounts = (...parameters: string[]): string[] => parameters.map((name) => `database_users/*/${name}`);
  // What a change leaves behind only while it is under way, and what it promotes.
  const passing = ofAccounts('password_pending', 'last_change');
  const passwords = [...ofAccounts('password'), ...passing];
  const given = ofAccounts('new_password');
  // What jobs log in with, when that is the account whose password changes.
  const logins = ['databases/*/db_pass'];
  // Whose login that is and where its server is, which may be stored encrypted.
  const loginNames = ['databases/*/db_host', 'databases/*/db_port', 'databases/*/db_user'];
  const administrator = DATABASE_ADMIN_PARAMETERS.map((name) => `database_admins/*/${name}`);
  const change = createNodeFunction(stack, 'Change', {
    functionName: names.passwordFunctions.change,
    description: 'Changes the password of one account of a database server',
    bundleFolder: props.bundleFolder,
    logGroupName: names.logGroups.passwordChange,
    environment: {
      DATABASE_TLS: settings.databaseTls,
      KEY_ID: props.keyArn,
      ...(parameterStoreUrl !== undefined && { AWS_ENDPOINT_URL_SSM: parameterStoreUrl }),
    },
    timeout: CHANGE_TIMEOUT,
    memoryMib: settings.passwordChange.memoryMib,
    vpc: props.network,
    statements: [
      onParameters(stack, ['ssm:GetParameters'], [...administrator, ...passwords, ...given, ...logins, ...loginNames]),
      onParameters(stack, ['ssm:PutParameter'], [...passwords, ...logins]),
      onParameters(stack, ['ssm:DeleteParameter'], [...passing, ...given]),
      // Which databases are on the same server, and who logs in there.
      onParameters(stack, ['ssm:GetParametersByPath'], ['databases/*', 'database_admins/*']),
      ...readReferredSecrets(stack),
      // A SecureString of the standard tier is encrypted by the key itself.
      useKeyThrough(stack, 'ssm', ['kms:Decrypt', 'kms:Encrypt'], props.keyArn),
    ],
  });
  return {
    arn: change.functionArn,
    timeoutSeconds: CHANGE_TIMEOUT.toSeconds(),
    logGroupName: names.logGroups.passwordChange,
  };
}

function onParameters(stack: OpsStack, actions: string[], names: readonly string[]): PolicyStatement {
  const prefix = stack.settings.parameterPrefix.slice(1);
  return new PolicyStatement({
    actions,
    resources: names.map((name) =>
      stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `${prefix}/${name}` }),
    ),
  });
}
