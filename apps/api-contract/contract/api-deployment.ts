/** Where the API is deployed to and under which names: all that the document needs to know of its surroundings. */
export interface ApiDeployment {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** First part of the name of everything that is deployed: see `resourceNames`. */
  readonly namePrefix: string;
  /** Role that API Gateway takes on to call Step Functions. */
  readonly roleArn: string;
}

type Place = Pick<ApiDeployment, 'partition' | 'region' | 'account'>;

export function stateMachineArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}

/** ARN of one execution of a Standard workflow; with `*` as its name, of all of them. */
export function executionArn({ partition, region, account }: Place, stateMachine: string, execution: string): string {
  return `arn:${partition}:states:${region}:${account}:execution:${stateMachine}:${execution}`;
}
