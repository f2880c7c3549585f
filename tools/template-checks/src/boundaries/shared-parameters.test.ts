import { stackWith, stackWithResource } from '../testing/stack-with.ts';
import { unfilledParameters, writtenParameters } from './shared-parameters.ts';

const written = { '/ops/key_arn': 'String', '/ops/subnet_ids': 'StringList' };

function problemsOf(parameter: object): string[] {
  return unfilledParameters(stackWith({ Resources: {}, Parameters: { Thing: parameter } }), written);
}

describe('a parameter of a template', () => {
  it.each([
    [{ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ops/key_arn' }],
    [{ Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/ops/subnet_ids' }],
    [{ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' }],
  ])('is filled in from what was written before: %j', (parameter) => {
    expect(problemsOf(parameter)).toEqual([]);
  });

  it.each([
    [{ Type: 'String' }, 'app/Thing is not read from Parameter Store'],
    [
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ops/other' },
      'app/Thing reads /ops/other, which no earlier stack writes',
    ],
    [
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ops/subnet_ids' },
      'app/Thing reads /ops/subnet_ids as another type',
    ],
  ])('is found: %j', (parameter, problem) => {
    expect(problemsOf(parameter)).toEqual([problem]);
  });

  it('is written by a resource of a stack before', () => {
    const parameter = { Name: '/ops/key_arn', Type: 'String', Value: { Ref: 'Key' } };
    expect(writtenParameters(stackWithResource('AWS::SSM::Parameter', parameter))).toEqual({
      '/ops/key_arn': 'String',
    });
  });
});
