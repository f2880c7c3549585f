import { conditionsHold } from './condition.ts';
import { parsePolicyDocument, type Statement } from './policy-document.ts';
import type { Json } from '../endpoint/service.ts';

export interface Role {
  arn: string;
  name: string;
  trust: Statement[];
  statements: Statement[];
}

/** The roles of the templates with everything that is attached to them. */
export class Roles {
  readonly #byArn = new Map<string, Role>();

  define(role: { arn: string; name: string; trustPolicy: Json | undefined }): void {
    this.#byArn.set(role.arn, {
      arn: role.arn,
      name: role.name,
      trust: parsePolicyDocument(role.trustPolicy),
      statements: [],
    });
  }

  find(arn: string): Role | undefined {
    return this.#byArn.get(arn);
  }

  /** Adds the statements of a policy to a role. Throws when there is no role of that name. */
  attach(roleName: string, policy: Json | undefined): void {
    const role = [...this.#byArn.values()].find(({ name }) => name === roleName);
    if (!role) throw new Error(`There is no role named ${roleName} to attach a policy to.`);
    role.statements.push(...parsePolicyDocument(policy));
  }

  /** Whether the role's trust policy lets a service (`ecs-tasks.amazonaws.com`) of this account use it. */
  trusts(arn: string, servicePrincipal: string, { sendsAccount }: { sendsAccount: boolean }): boolean {
    const statements = this.#byArn.get(arn)?.trust ?? [];
    const [, , , , accountId = ''] = arn.split(':');
    const known = { 'aws:SourceAccount': sendsAccount ? [accountId] : [] };
    return statements.some(
      ({ effect, actions, principals, conditions }) =>
        effect === 'Allow' &&
        actions.includes('sts:AssumeRole') &&
        (principals['Service'] ?? []).includes(servicePrincipal) &&
        conditionsHold(conditions, known) === true,
    );
  }

  /** Throws when a service could not use a role that a template gives it. */
  requireTrust(arn: string, servicePrincipal: string, options: { sendsAccount: boolean }): void {
    if (this.trusts(arn, servicePrincipal, options)) return;
    throw new Error(`${servicePrincipal} may not use the role ${arn}: its trust policy does not say so`);
  }
}
