import { stackWith } from '../testing/stack-with.ts';
import { containerProblems } from './containers.ts';

const good = {
  Environment: [{ Name: 'PARAMETER_PREFIX', Value: '/ops' }],
  LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
  LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': { Ref: 'Logs908D536A' } } },
  ReadonlyRootFilesystem: true,
};

function problemsOf(change: object): string[] {
  const Task = { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ ...good, ...change }] } };
  const Logs908D536A = { Type: 'AWS::Logs::LogGroup', Properties: {} };
  return containerProblems(stackWith({ Resources: { Task, Logs908D536A } })).map(({ what }) => what);
}

describe('a container', () => {
  it('passes with what a job needs', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    [
      'a variable more',
      { Environment: [{ Name: 'DB_HOST', Value: 'db' }] },
      'has the variable DB_HOST, which is not on the list',
    ],
    ['secrets in its environment', { Secrets: [{ Name: 'X', ValueFrom: 'arn' }] }, 'has secrets in its environment'],
    ['a file of variables', { EnvironmentFiles: [{ Value: 'arn' }] }, 'has secrets in its environment'],
    ['no log', { LogConfiguration: undefined }, 'has no log group of its stack'],
    ['all rights on its host', { Privileged: true }, 'is privileged'],
    ['a file system to change', { ReadonlyRootFilesystem: false }, 'may change its own files'],
    ['the usual capabilities', { LinuxParameters: undefined }, /^keeps the capabilities AUDIT_WRITE, CHOWN/],
    [
      'one capability',
      { LinuxParameters: { Capabilities: { Drop: ['ALL'], Add: ['SYS_PTRACE'] } } },
      /^is given capabilities/,
    ],
  ])('is found with %s', (_, change, problem) => {
    expect(problemsOf(change)).toEqual([expect.stringMatching(problem)]);
  });
});
