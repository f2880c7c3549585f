import type { ParameterType } from '@aws-sdk/client-ssm';
import { isPlaceholder, referredSecret } from '@serverless-ops/parameter-rules';
import type { ListedParameter } from '../parameter-store.ts';
import { shellCommand } from '../shell-command.ts';
import type { GroupParameter } from './parameter-group.ts';

/** The type that a parameter is written with. That of one that is there cannot change. */
export function typeToWrite(parameter: GroupParameter, stored: ListedParameter | undefined): ParameterType {
  return stored?.type ?? (parameter.isSecret ? 'SecureString' : 'String');
}

/** Whether everybody who may read parameters can read a secret in it. A reference is not a secret. */
export function isReadableSecret(parameter: GroupParameter, stored: ListedParameter | undefined): boolean {
  return (
    parameter.isSecret &&
    stored !== undefined &&
    stored.type !== 'SecureString' &&
    !(parameter.mayRefer && referredSecret(stored.value ?? '') !== undefined)
  );
}

/** What a readable secret has to be told about, and the command that makes room for an encrypted one. */
export function describeReadableSecret(stored: ListedParameter): { problem: string; fix: string } {
  const wasThere = isPlaceholder(stored.value ?? '') ? '' : '. It was readable, so change the password as well';
  return {
    problem: `is a ${stored.type}, and not encrypted${wasThere}`,
    fix: shellCommand(['aws', 'ssm', 'delete-parameter', '--name', stored.name]),
  };
}
