import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { limitProblems } from './limit-problems.ts';

let stack: Stack;
beforeEach(() => (stack = new Stack(new App(), 'Worker')));

function statementOn(count: number): PolicyStatement {
  const resources = Array.from({ length: count }, (_, n) =>
    stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `ops/databases/customer-${n}/production` }),
  );
  return new PolicyStatement({ actions: ['ssm:GetParameter'], resources });
}

function roleWith(count: number): Role {
  return new Role(stack, 'ScriptRole', {
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    inlinePolicies: { permissions: new PolicyDocument({ statements: [statementOn(count)] }) },
  });
}

describe('what of a stack AWS does not take', () => {
  it('is nothing for an ordinary stack', () => {
    roleWith(50);

    expect(limitProblems(stack)).toEqual([]);
  });

  it('is a role whose policies are too long, by name, with the way out', () => {
    roleWith(200);

    expect(limitProblems(stack)).toEqual([
      expect.stringMatching(
        /^The policies of the role ScriptRole in the stack Worker have 1\d{4} characters, and IAM takes 10240\. In settings\.yml, name fewer databases/,
      ),
    ]);
  });

  it('counts the policies that are attached apart', () => {
    const role = roleWith(70);
    new Policy(stack, 'More', { roles: [role], statements: [statementOn(70)] });

    expect(limitProblems(stack)).toHaveLength(1);
  });

  it('is too many resources', () => {
    for (let n = 0; n < 501; n++) new CfnResource(stack, `Parameter${n}`, { type: 'AWS::SSM::Parameter' });

    expect(limitProblems(stack)).toEqual([
      'The stack Worker has 501 resources, and CloudFormation takes 500. Name fewer databases in settings.yml, and store ' +
        'the parameters of the others with "npx ops params push".',
    ]);
  });
});
