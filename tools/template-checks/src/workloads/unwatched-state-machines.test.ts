import { stackWith } from '../testing/stack-with.ts';
import { unwatchedStateMachines } from './unwatched-state-machines.ts';

const rule = (name: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [`arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`] },
    },
  },
});
const machine = (properties: object) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { StateMachineName: 'ops-jobs', ...properties },
});

describe('a state machine', () => {
  it('is watched when a rule of any stack names it', () => {
    const stacks = [
      stackWith({ Resources: { Machine: machine({}) } }),
      stackWith({ Resources: { Rule: rule('ops-jobs') } }),
    ];
    expect(unwatchedStateMachines(stacks)).toEqual([]);
  });

  it('is found when no rule names it, or only one whose name begins alike', () => {
    const stacks = [stackWith({ Resources: { Machine: machine({}), Rule: rule('ops-jobs-2') } })];
    expect(unwatchedStateMachines(stacks)).toEqual([{ where: 'app/Machine', what: 'is watched by no rule' }]);
  });

  it('needs no rule when it is an Express workflow, which sends no events', () => {
    const stacks = [stackWith({ Resources: { Machine: machine({ StateMachineType: 'EXPRESS' }) } })];
    expect(unwatchedStateMachines(stacks)).toEqual([]);
  });
});
