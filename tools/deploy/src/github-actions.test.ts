import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp, onlyResource, readableTemplate, statementsOfRole } from '@serverless-ops/cdk-kit';
import { Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

const workspaceRoot = join(import.meta.dirname, '../../..');

describe('the role that deploys from GitHub Actions', () => {
  const stack = new Stack(createApp(), 'role');
  new CfnInclude(stack, 'Template', { templateFile: join(import.meta.dirname, '../github-actions-role.yml') });
  const template = readableTemplate(stack);

  it('may take on the roles of CDK, read what a deploy reads, and record it', () => {
    const role = (name: string): string =>
      `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-hnb659fds-${name}-role-\${AWS::AccountId}-\${AWS::Region}`;
    const parameters = 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter';
    const own = `${parameters}\${ParameterPrefix}`;

    expect(statementsOfRole(template, 'Role')).toEqual([
      'Allow cloudformation:DescribeStacks on arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/${NamePrefix}-*/*',
      'Allow iam:GetRole on arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      `Allow ssm:GetParameter on ${parameters}/cdk-bootstrap/hnb659fds/version ${own}/foundation/* ${own}/deployed/*`,
      `Allow ssm:PutParameter on ${own}/deployed/*`,
      `Allow sts:AssumeRole on ${['deploy', 'file-publishing', 'image-publishing', 'lookup'].map(role).join(' ')}`,
    ]);
  });

  it('is for one subject, compared as a whole', () => {
    expect(onlyResource(template, 'AWS::IAM::Role')['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': '${Subject}',
            },
          },
        },
      ],
    });
  });

  it.each([
    ['repo:acme@12/ops@34:environment:production', true],
    ['repo:acme/ops:ref:refs/heads/main', true],
    ['repo:acme/*:environment:production', false],
    ['repo:acme/ops:*', false],
    ['repo:acme/ops:pull_request', false],
  ])('for %s: %s', (subject, allowed) => {
    const { AllowedPattern } = template.Parameters['Subject'] as unknown as { AllowedPattern: string };

    expect(new RegExp(`^(?:${AllowedPattern})$`).test(subject)).toBe(allowed);
  });
});

describe('the workflow', () => {
  const workflow = readFileSync(join(workspaceRoot, '.github/workflows/deploy.yml'), 'utf8');
  const matches = (pattern: RegExp): string[] => [...workflow.matchAll(pattern)].map(([, found = '']) => found);

  it('takes each action by its full commit, and says the version', () => {
    const actions = [...new Set(matches(/uses: (.*)/g))];

    expect(actions.map((action) => action.split('@')[0])).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'nrwl/nx-set-shas',
      'docker/setup-qemu-action',
      'aws-actions/configure-aws-credentials',
    ]);
    expect(actions.filter((action) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  it('asks for a variable of the environment in steps alone: the condition of a job cannot see it', () => {
    expect(matches(/^ {4}if: (.*vars\..*)$/gm)).toEqual([]);
    expect(matches(/^ {8}if: (.*)$/gm).filter((condition) => !condition.includes('CAN_DEPLOY'))).toEqual([]);
  });

  it('runs scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as { scripts: object };

    expect(matches(/npm run (\S+)/g)).toEqual(['deploy']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['deploy']));
  });

  it('holds no secret, and puts no input into a shell command', () => {
    expect(matches(/(secrets\.\w+)/g)).toEqual([]);
    expect(matches(/(run:.*\$\{\{)/g)).toEqual([]);
  });
});
