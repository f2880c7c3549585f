/** The one account and region that this cloud is. */
export interface Account {
  accountId: string;
  region: string;
}

/** `arn:aws:<service>:<region>:<account>:<resource>`. */
export const arnOf = ({ accountId, region }: Account, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
