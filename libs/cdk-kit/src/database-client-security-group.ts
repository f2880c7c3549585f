import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { foundationValue } from './foundation-value.ts';
import type { OpsStack } from './ops-stack.ts';

const HTTPS = 443;
const MYSQL = 3306;

/**
 * The group of something that works on databases. Nobody may connect to it. It may connect to AWS, and to databases on
 * the ports of the settings; a database whose port stands only in Parameter Store needs its port to be one of these.
 *
 * @param whose what is in the group, for whoever reads the group's description: `Containers of the worker`
 * @returns the id of the group
 */
export function createDatabaseClientSecurityGroup(stack: OpsStack, id: string, whose: string): string {
  const ports = new Set([HTTPS, MYSQL, ...stack.settings.databases.map(({ port }) => port)]);
  const group = new CfnSecurityGroup(stack, id, {
    groupDescription: `${whose}: let this group in where your databases are`,
    vpcId: foundationValue(stack, 'vpcId'),
    securityGroupEgress: [...ports].map((port) => ({
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidrIp: '0.0.0.0/0',
      description: port === HTTPS ? 'AWS services' : 'MySQL',
    })),
  });
  return group.attrGroupId;
}
