import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import type { Account } from '../endpoint/account.ts';
import { findAwsManagedPolicy } from './aws-managed-policies.ts';
import type { Roles } from './roles.ts';

const document = z.json();
const inlinePolicies = z.array(z.looseObject({ PolicyDocument: document })).default([]);

const roleSchema = z.looseObject({
  RoleName: z.string().optional(),
  Path: z.string().default('/'),
  AssumeRolePolicyDocument: document,
  Policies: inlinePolicies,
  ManagedPolicyArns: z.array(z.string()).default([]),
});

const policySchema = z.looseObject({ PolicyDocument: document, Roles: z.array(z.string()).default([]) });
const managedPolicySchema = policySchema.extend({
  ManagedPolicyName: z.string().optional(),
  Path: z.string().default('/'),
});

/** Roles and policies of templates. */
export function iamResources({ accountId }: Account, roles: Roles): ResourceHandlers {
  const managedPolicies = new Map<string, z.output<typeof document>>();
  return {
    'AWS::IAM::Role': ({ properties, generatedName }) => {
      const role = parseProperties(roleSchema, properties);
      const name = role.RoleName ?? shortened(generatedName);
      const arn = `arn:aws:iam::${accountId}:role${role.Path}${name}`;
      roles.define({ arn, name, trustPolicy: role.AssumeRolePolicyDocument });
      for (const { PolicyDocument } of role.Policies) roles.attach(name, PolicyDocument);
      for (const policyArn of role.ManagedPolicyArns) {
        const policy = managedPolicies.get(policyArn) ?? findAwsManagedPolicy(policyArn);
        if (policy === undefined) throw new Error(`the local cloud does not know the managed policy ${policyArn}`);
        roles.attach(name, policy);
      }
      return { ref: name, attributes: { Arn: arn, RoleId: `AROA${name.slice(0, 12).toUpperCase()}` } };
    },
    'AWS::IAM::Policy': ({ properties, generatedName }) => {
      const policy = parseProperties(policySchema, properties);
      for (const roleName of policy.Roles) roles.attach(roleName, policy.PolicyDocument);
      return { ref: generatedName, attributes: { Id: generatedName } };
    },
    'AWS::IAM::ManagedPolicy': ({ properties, generatedName }) => {
      const policy = parseProperties(managedPolicySchema, properties);
      const arn = `arn:aws:iam::${accountId}:policy${policy.Path}${policy.ManagedPolicyName ?? generatedName}`;
      managedPolicies.set(arn, policy.PolicyDocument);
      for (const roleName of policy.Roles) roles.attach(roleName, policy.PolicyDocument);
      return { ref: arn, attributes: { PolicyArn: arn } };
    },
  };
}

/** Role names have 64 characters at most; what makes a generated one unique is at its end. */
const shortened = (name: string): string => (name.length <= 64 ? name : name.slice(0, 51) + name.slice(-13));
