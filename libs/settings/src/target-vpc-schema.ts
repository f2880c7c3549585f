import { z } from 'zod';
import { section, text } from './section.ts';

const VPC_ID = /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/;
const vpcId = text(VPC_ID, 'a VPC id such as vpc-0123456789abcdef0');
const subnetId = text(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, 'a subnet id such as subnet-0123456789abcdef0');

/** Of a task and of a function alike (ECS API reference, AwsVpcConfiguration; Lambda API reference, VpcConfig). */
const MOST_SUBNETS = 16;

/** Fargate tasks in a public subnet reach AWS only with a public address; in a private one they must not ask for it. */
const assignPublicIp = z.boolean({ error: 'true (public subnets) or false (private subnets)' }).default(false);

const given = section({
  id: vpcId,
  subnets: z
    .array(subnetId, { error: 'a list of subnet ids' })
    .min(1, { error: 'at least one subnet id' })
    .max(MOST_SUBNETS, { error: `at most ${MOST_SUBNETS} subnet ids` }),
  assign_public_ip: assignPublicIp,
});

const lookup = section({
  lookup: section({
    vpc_id: vpcId.optional(),
    tags: z.record(z.string(), z.string({ error: 'text' }), { error: 'a group of tag names and values' }).optional(),
  }).refine(({ vpc_id, tags }) => (vpc_id === undefined) !== (tags === undefined), { error: 'vpc_id, or tags' }),
  assign_public_ip: assignPublicIp,
});

/** `create`, a VPC whose ids are written down, or one that CDK looks up in the account when it synthesizes. */
export const targetVpcSchema = z.preprocess(
  nameKind,
  z.discriminatedUnion(
    'kind',
    [
      z.object({ kind: z.literal('create') }),
      given.extend({ kind: z.literal('given') }),
      lookup.extend({ kind: z.literal('lookup') }),
    ],
    { error: ({ input }) => describeWays(input) },
  ),
);

/** The kind follows from the keys in the file, so the file does not name it. */
function nameKind(value: unknown): unknown {
  if (value === 'create') return { kind: 'create' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return { ...value, kind: 'lookup' in value ? 'lookup' : 'given' };
}

function describeWays(value: unknown): string {
  const ways = 'create, or a group with id and subnets, or a group with lookup';
  const isBareId = typeof value === 'string' && VPC_ID.test(value);
  return isBareId ? `${ways} (the id alone does not say which subnets to use)` : ways;
}
