/** Who may invoke a function by the function's own policy. */
export interface InvokePermission {
  /** `events.amazonaws.com`. */
  principal: string;
  sourceArn?: string | undefined;
}

export interface LambdaFunction {
  name: string;
  arn: string;
  /** `handler.handler`: file and export. */
  handler: string;
  codeDirectory: string;
  environment: Readonly<Record<string, string>>;
  roleArn: string;
  timeoutSeconds: number;
  memoryMib: number;
  logGroup: string;
  permissions: InvokePermission[];
}
