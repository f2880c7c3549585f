import { synthesizedStacks } from '../assembly/synthesized-stacks.ts';
import { apiMethodProblems } from './api-methods.ts';
import { containerProblems } from './containers.ts';
import { functionProblems } from './functions.ts';
import { logGroupProblems } from './log-groups.ts';
import { stateMachineProblems } from './state-machines.ts';
import { unwatchedStateMachines } from './unwatched-state-machines.ts';

const stacks = synthesizedStacks();
const types = new Set(stacks.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type)));

describe('what runs', () => {
  it.each([
    [
      'every state machine logs all events but no data, is traced and passes no secret on',
      stateMachineProblems,
      'AWS::StepFunctions::StateMachine',
    ],
    [
      'every container receives only what is on the list, and may do nothing to its host',
      containerProblems,
      'AWS::ECS::TaskDefinition',
    ],
    [
      'every function runs on Node 24 on arm64, with a log group and a role of its own',
      functionProblems,
      'AWS::Lambda::Function',
    ],
    ['every log group has a retention', logGroupProblems, 'AWS::Logs::LogGroup'],
    ['every method of the API asks for a key and validates', apiMethodProblems, 'AWS::ApiGateway::RestApi'],
  ])('%s', (_, problemsIn, type) => {
    expect(stacks.flatMap(problemsIn)).toEqual([]);
    expect(types).toContain(type);
  });

  it('every state machine is watched: an execution that ends by itself is noticed', () => {
    expect(unwatchedStateMachines(stacks)).toEqual([]);
  });
});
