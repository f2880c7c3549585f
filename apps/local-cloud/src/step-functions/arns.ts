import { AwsError } from '../endpoint/aws-error.ts';

/** The ARNs that Step Functions makes in one account and region. */
export function createArns(accountId: string, region: string) {
  const arn = (kind: string, ...names: string[]): string =>
    ['arn:aws:states', region, accountId, kind, ...names].join(':');
  return {
    stateMachine: (name: string) => arn('stateMachine', name),
    execution: (machineName: string, name: string) => arn('execution', machineName, name),
    express: (machineName: string, name: string, id: string) => arn('express', machineName, name, id),
  };
}

export type Arns = ReturnType<typeof createArns>;

/** Refuses what is no ARN of the kind, with what AWS answers: another kind of resource is said by its name. */
export function assertArn(arn: string, kind: 'execution' | 'stateMachine'): void {
  if (!arn.startsWith('arn:')) throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  const actual = arn.split(':')[5] ?? '';
  if (actual === kind) return;
  throw new AwsError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${actual}'`);
}
