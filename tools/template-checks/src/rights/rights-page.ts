import type { Settings } from '@serverless-ops/settings';
import type { Right, RoleRights } from './role-rights.ts';

const INTRODUCTION = `# Rights by role

Each role that the stacks create, and all that it may do. \`node tools/template-checks/src/rights/main.ts\` writes this page
from the synthesized templates, and a test compares them with it. The page shows the shipped settings.yml. REGION, ACCOUNT and
\`\${...}\` are values that CloudFormation fills in. [Deploy](deploy.md#what-jobs-may-do) says what the rights mean for jobs.`;

/** Values of every deploy, shorter than CloudFormation writes them. */
const SHORTER: readonly (readonly [text: string, shorter: string])[] = [
  ['${AWS::Partition}', 'aws'],
  ['${AWS::Region}', 'REGION'],
  ['${AWS::AccountId}', 'ACCOUNT'],
];

/** The page of rights, as Markdown. The prefixes of the settings are written as they are shipped. */
export function rightsPage(roles: readonly RoleRights[], { namePrefix, parameterPrefix }: Settings): string {
  const apps = [...new Set(roles.map(({ app }) => app))].sort();
  const sections = apps.map((app) =>
    [`## ${app}`, ...roles.filter((each) => each.app === app).map(roleSection)].join('\n\n'),
  );
  const page = `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
  return SHORTER.reduce((text, [long, short]) => text.replaceAll(long, short), page)
    .replaceAll(`parameter${parameterPrefix}/`, 'parameter/serverlessops/')
    .replaceAll(new RegExp(`\\b${namePrefix}\\b`, 'g'), 'serverlessops');
}

function roleSection({ role, description, trusted, rights, managedPolicies }: RoleRights): string {
  const about = [
    ...(description === '' ? [] : [`${description}.`]),
    `Trusts ${trusted.map(code).join(', ')}.`,
    ...managedPolicies.map((policy) => `Has AWS's managed policy ${code(policy)}.`),
  ].join(' ');
  if (rights.length === 0) return `### ${role}\n\n${about}`;
  return [`### ${role}`, '', about, '', '| may | on | only if |', '| --- | --- | --- |', ...rights.map(row)].join('\n');
}

function row({ actions, resources, conditions }: Right): string {
  return `| ${[actions, resources, conditions].map((cell) => cell.map(code).join('<br>')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
