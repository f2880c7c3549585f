import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';
import { policyStatements } from './policy-statements.ts';

const READ = 's3:GetObject';
const WRITE = 's3:PutObject';

/** Takes a backup away, or what protects it. */
const TAKES_AWAY =
  /^s3:(Delete|Put(Bucket|Lifecycle|Encryption|Replication|Object(Legal|Retention|Acl))|Bypass|Restore)/;

/**
 * Roles that could do to the stored backups what no single one may: read what another has stored, so that who takes
 * over a worker that backs up reads no older backup; or take a backup away. The role of prunes has to do so.
 */
export function backupRightProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(objectActionsByRole(stack)).flatMap(([where, actions]) => {
    const problems = actions.filter((action) => TAKES_AWAY.test(action)).map((action) => `may ${action}`);
    if (actions.some(reads) && actions.includes(WRITE)) problems.push('may both store and read backups');
    return problems.map((what) => ({ where, what }));
  });
}

/** Roles that read objects: they should be few, and each known. */
export function readersOfBackups(stack: SynthesizedStack): string[] {
  return Object.entries(objectActionsByRole(stack))
    .filter(([, actions]) => actions.some(reads))
    .map(([where]) => where);
}

function reads(action: string): boolean {
  return action === READ || action === 's3:GetObjectVersion';
}

/** Actions of S3, by role: from its own policies and from those attached to it. */
function objectActionsByRole(stack: SynthesizedStack): Record<string, string[]> {
  const rolesOfPolicy = Object.fromEntries(
    Object.entries(stack.template.Resources)
      .filter(([, { Properties }]) => Array.isArray(Properties['Roles']))
      .map(([id, { Properties }]) => [whereIs(stack, id), (Properties['Roles'] as unknown[]).map(nameOfReference)]),
  );
  const byRole: Record<string, string[]> = {};
  for (const { where, kind, effect, actions, resources } of policyStatements(stack)) {
    if (kind !== 'identity' || effect !== 'Allow' || resources.every(isBesideBackups)) continue;
    for (const role of rolesOfPolicy[where]?.map((name) => whereIs(stack, name)) ?? [where]) {
      (byRole[role] ??= []).push(...actions.filter((action) => action.startsWith('s3:')));
    }
  }
  return byRole;
}

/** The record of a drill is no part of a backup. */
function isBesideBackups(resource: string): boolean {
  return resource.endsWith('/*/drill.json');
}

function nameOfReference(role: unknown): string {
  return String(role).replace(/^\$\{(.*)\}$/, '$1');
}
