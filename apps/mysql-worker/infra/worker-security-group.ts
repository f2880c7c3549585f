import { foundationValue, type OpsStack } from '@serverless-ops/cdk-kit';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';

const HTTPS = 443;
const MYSQL = 3306;

/**
 * Nobody may connect to a worker. It may connect to AWS, and to databases on the ports of the settings; a database
 * whose port stands only in Parameter Store needs its port to be one of these.
 *
 * @returns the id of the group
 */
export function createWorkerSecurityGroup(stack: OpsStack): string {
  const ports = new Set([HTTPS, MYSQL, ...stack.settings.databases.map(({ port }) => port)]);
  const group = new CfnSecurityGroup(stack, 'WorkerSecurityGroup', {
    groupDescription: `Containers of ${stack.names.workerFamily}: let this group in where your databases are`,
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
