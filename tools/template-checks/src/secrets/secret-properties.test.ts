import { stackWith, stackWithResource } from '../testing/stack-with.ts';
import { secretProperties } from './secret-properties.ts';

function problemsOf(type: string, properties: object): string[] {
  return secretProperties(stackWithResource(type, properties)).map(({ what }) => what);
}

describe('a secret in a template', () => {
  it.each([
    ['a password in clear', { MasterUserPassword: 'hunter2' }, 'has a literal value for MasterUserPassword'],
    ['deep inside', { A: [{ B: { clientSecret: 'hunter2' } }] }, 'has a literal value for clientSecret'],
    ['one put together', { Password: { 'Fn::Join': ['-', ['hunter', { Ref: 'AWS::Region' }]] } }, /for Password$/],
    ['a string of Secrets Manager', { SecretString: 'hunter2' }, 'has a literal value for SecretString'],
  ])('is found: %s', (_, properties, problem) => {
    expect(problemsOf('AWS::Any::Thing', properties)).toEqual([expect.stringMatching(problem)]);
  });

  it('is none when it names another resource', () => {
    expect(
      problemsOf('AWS::Any::Thing', { Token: { Ref: 'Topic' }, credentials: { 'Fn::GetAtt': ['R', 'Arn'] } }),
    ).toEqual([]);
  });

  it('is found in the environment of a function or a container, wherever its value comes from', () => {
    const Environment = { Variables: { DB_PASS: { Ref: 'Somewhere' }, TOPIC_ARN: 'arn' } };
    expect(problemsOf('AWS::Lambda::Function', { Environment })).toEqual(['has the environment variable DB_PASS']);
    const ContainerDefinitions = [{ Environment: [{ Name: 'DB_PASS', Value: { Ref: 'P' } }, { Name: 'DB_NAME' }] }];
    expect(problemsOf('AWS::ECS::TaskDefinition', { ContainerDefinitions })).toEqual([
      'has the environment variable DB_PASS',
    ]);
  });

  it('is found as a parameter that CloudFormation would write', () => {
    const parameter = { Name: '/serverlessops/databases/shop/prod/db_pass', Type: 'SecureString', Value: { Ref: 'P' } };
    expect(problemsOf('AWS::SSM::Parameter', parameter)).toEqual([
      'is a SecureString',
      'writes the secret parameter db_pass',
    ]);
  });

  it('is found as the default of a parameter of the template, and as an output', () => {
    const Parameters = {
      Hidden: { Type: 'String', NoEcho: true, Default: 'hunter2' },
      DbPassword: { Type: 'String', Default: 'hunter2' },
      Asked: { Type: 'String', NoEcho: true },
    };
    const Outputs = { AdminPassword: { Value: 'hunter2' }, ApiUrl: { Value: 'https://' } };
    expect(secretProperties(stackWith({ Resources: {}, Parameters, Outputs }))).toEqual([
      { where: 'app/Hidden', what: 'is a secret parameter with a default' },
      { where: 'app/DbPassword', what: 'is a secret parameter with a default' },
      { where: 'app/AdminPassword', what: 'is an output named as a secret' },
    ]);
  });
});
