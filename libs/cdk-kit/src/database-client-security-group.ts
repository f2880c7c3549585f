import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { foundationValue } from './foundation-value.ts';
import type { OpsStack } from './ops-stack.ts';

const HTTPS = 443;
const MYSQL = 3306;
const DNS = 53;

/**
 * The group of something that works on databases. Nothing may connect to it. It may connect to AWS, and to databases on
 * the ports of the settings; to DNS servers that the settings name. What goes to the DNS server of Amazon needs no rule: "Security
 * groups do not filter traffic destined to and from" Amazon DNS (VPC user guide, vpc-security-groups). A database whose
 * port is only in Parameter Store needs its port to be one of these. The group is let in at the security groups of
 * databases that the settings name.
 *
 * @param whose what is in the group, for the group's description: `Containers of the worker`
 * @returns the id of the group
 */
export function createDatabaseClientSecurityGroup(stack: OpsStack, id: string, whose: string): string {
  const ports = new Set([HTTPS, MYSQL, ...stack.settings.databases.map(({ port }) => port)]);
  const { attrGroupId: groupId } = new CfnSecurityGroup(stack, id, {
    groupDescription: `${whose}: let this group in where your databases are`,
    vpcId: foundationValue(stack, 'vpcId'),
    securityGroupEgress: [
      ...[...ports].map((port) => ({
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIp: '0.0.0.0/0',
        description: port === HTTPS ? 'AWS services' : 'MySQL',
      })),
      ...stack.settings.dnsServers.flatMap((cidrIp) =>
        ['udp', 'tcp'].map((ipProtocol) => ({ ipProtocol, fromPort: DNS, toPort: DNS, cidrIp, description: 'DNS' })),
      ),
    ],
  });
  letIn(stack, `${id}Into`, groupId, whose);
  return groupId;
}

/** Databases on one server share a group and a port, and EC2 refuses a rule that is there already. */
function letIn(stack: OpsStack, idPrefix: string, clientGroupId: string, whose: string): void {
  const doors = stack.settings.databases.flatMap(({ port, securityGroupIds }) =>
    securityGroupIds.map((groupId) => ({ id: `${idPrefix}-${groupId}-${port}`, groupId, port })),
  );
  for (const { id, groupId, port } of new Map(doors.map((door) => [door.id, door])).values()) {
    new CfnSecurityGroupIngress(stack, id, {
      groupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      sourceSecurityGroupId: clientGroupId,
      description: whose,
    });
  }
}
