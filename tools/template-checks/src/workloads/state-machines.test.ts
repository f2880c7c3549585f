import { stackWith } from '../testing/stack-with.ts';
import { stateMachineProblems } from './state-machines.ts';

const good = {
  DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
  LoggingConfiguration: {
    Level: 'ALL',
    IncludeExecutionData: false,
    Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['Logs908D536A', 'Arn'] } } }],
  },
  TracingConfiguration: { Enabled: true },
};

function problemsOf(change: object): string[] {
  const Machine = { Type: 'AWS::StepFunctions::StateMachine', Properties: { ...good, ...change } };
  const Logs908D536A = { Type: 'AWS::Logs::LogGroup', Properties: {} };
  return stateMachineProblems(stackWith({ Resources: { Machine, Logs908D536A } })).map(({ what }) => what);
}

describe('a state machine', () => {
  it('passes when it logs every event and no data, and is traced', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ['errors only', { Level: 'ERROR' }, 'logs ERROR, not ALL'],
    ['data', { IncludeExecutionData: true }, 'logs execution data'],
    ['data unless AWS has another default', { IncludeExecutionData: undefined }, 'logs execution data'],
    ['elsewhere', { Destinations: [] }, 'logs to no log group of its stack'],
  ])('is found when it logs %s', (_, change, problem) => {
    expect(problemsOf({ LoggingConfiguration: { ...good.LoggingConfiguration, ...change } })).toEqual([problem]);
  });

  it('is found when it is not traced, or its definition is not there to be read', () => {
    expect(problemsOf({ TracingConfiguration: undefined })).toEqual(['is not traced']);
    expect(problemsOf({ DefinitionString: undefined, DefinitionS3Location: {} })).toEqual([
      'has a definition that is not in the template',
    ]);
  });

  it('is found when it passes a secret on', () => {
    const definition = { States: { A: { Type: 'Pass', Parameters: { 'password.$': '$.a' } } } };
    expect(problemsOf({ DefinitionString: JSON.stringify(definition) })).toEqual(['passes password.$']);
    expect(problemsOf({ DefinitionString: undefined, Definition: definition })).toEqual(['passes password.$']);
  });
});
