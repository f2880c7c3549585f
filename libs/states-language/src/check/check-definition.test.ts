import { checkDefinition, type CheckRules } from './check-definition.ts';

const CATCH_ALL = [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Failed' }];
const NOT_ALONE = [{ ErrorEquals: ['States.ALL', 'States.Timeout'], ResultPath: null, Next: 'Failed' }];
const NOT_LAST = [...CATCH_ALL, { ErrorEquals: ['States.Timeout'], ResultPath: null, Next: 'Failed' }];
const RUN_TASK = 'arn:aws:states:::ecs:runTask.waitForTaskToken';

/** A machine with one Task state, `Work`, without a fault but that of `fields`. */
function machine(fields: object = {}) {
  const work = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', Parameters: {}, Catch: CATCH_ALL, End: true };
  return { StartAt: 'Work', States: { Work: { ...work, ...fields }, Failed: { Type: 'Fail', Error: 'Failed' } } };
}

const uncaught = { StartAt: 'Work', States: { Work: { ...machine().States.Work, Catch: undefined } } };
const choice = {
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Choice', Choices: [{ Variable: '$.order', IsPresent: true, Next: 'Done' }] },
    Done: { Type: 'Succeed' },
  },
};
const one = { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } };
const mapOf = (ItemProcessor: object) => ({
  StartAt: 'Each',
  States: { Each: { Type: 'Map', ItemProcessor, End: true } },
});
const parallel = (...Branches: object[]) => ({
  StartAt: 'All',
  States: { All: { Type: 'Parallel', Branches, End: true } },
});

const check = (definition: object, rules: Partial<CheckRules> = {}): string[] =>
  checkDefinition(definition, { type: 'STANDARD', input: ['order'], ...rules });

describe('a check of a definition', () => {
  it('finds nothing in one without a fault', () => {
    expect(check(machine({ Parameters: { 'Message.$': "States.Format('{}', $.order)" } }))).toEqual([]);
  });

  it.each<[problem: string, definition: object, rules?: Partial<CheckRules>]>([
    // The specification of the States Language, by asl-validator.
    ['TERMINAL_STATE_WITH_NEXT: State "Work" MUST contain exactly one of "End", "Next"', machine({ Next: 'Failed' })],
    // What has a meaning on AWS that the interpreter does not know.
    ['The field Credentials is not interpreted here at /States/Work', machine({ Credentials: { RoleArn: 'arn' } })],
    [
      'Only JSONPath is interpreted here at /States/All/1/QueryLanguage',
      parallel(one, { ...one, QueryLanguage: 'JSONata', States: { Two: { Type: 'Pass', End: true } }, StartAt: 'Two' }),
    ],
    [
      'A distributed Map is not interpreted here at /States/Each/0/ProcessorConfig/Mode',
      mapOf({ ...one, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
    ],
    [
      'The resource arn:aws:states:::sns:publish is not offered here at /States/Work/Resource',
      machine(),
      { offers: () => false },
    ],
    // What AWS refuses and the validator does not.
    ['States.ALL must be alone and last at /States/Work', machine({ Catch: NOT_ALONE })],
    ['States.ALL must be alone and last at /States/Work', machine({ Catch: NOT_LAST })],
    [
      'HeartbeatSeconds must be smaller than TimeoutSeconds at /States/Work',
      machine({ HeartbeatSeconds: 60, TimeoutSeconds: 60 }),
    ],
    [
      "The field 'StartedBy' is not supported by Step Functions at /States/Work/Parameters",
      machine({ Resource: RUN_TASK, Parameters: { StartedBy: 'us' } }),
    ],
    [
      "The field 'Overrides.TaskRoleArn' is not supported by Step Functions at /States/Work/Parameters",
      machine({ Resource: RUN_TASK, Parameters: { Overrides: { 'TaskRoleArn.$': '$.order' } } }),
    ],
    [
      "Express state machine does not support '.waitForTaskToken' service integration at /States/Work/Resource",
      machine({ Resource: RUN_TASK }),
      { type: 'EXPRESS' },
    ],
    // What AWS takes, and is a mistake all the same.
    ['The Choice state Ask has no Default', choice],
    ['The Task state Work does not catch States.ALL', uncaught],
    [
      'The resource arn:aws:states:::sns:pubish is none of Step Functions, in Work',
      machine({ Resource: 'arn:aws:states:::sns:pubish' }),
    ],
    ['Glue.Busy never comes from sns:publish, in Work', machine({ Retry: [{ ErrorEquals: ['Glue.Busy'] }] })],
    [
      'States.HeartbeatTimeout never comes from sns:publish, in Work',
      machine({ Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'] }] }),
    ],
    [
      'Message of Work is a path, but its name does not end in .$',
      machine({ Parameters: { Message: '$$.Execution.Id' } }),
    ],
    [
      'Message of Work is a path, but its name does not end in .$',
      machine({ Parameters: { Message: 'States.UUID()' } }),
    ],
    // asl-validator does not look below a field whose name has one letter.
    ['Work calls States.Shout, which there is not', machine({ Parameters: { a: [{ 'b.$': "States.Shout('hey')" }] } })],
    [
      "Work: States.Runtime: The intrinsic function 'States.Format('{}'' cannot be read at position 18",
      machine({ Parameters: { a: [{ 'b.$': "States.Format('{}'" }] } }),
    ],
    ['Work reads $.oder, which no state writes', machine({ Parameters: { 'Message.$': '$.oder' } })],
    ['Work writes $.sent, which no state reads', machine({ ResultPath: '$.sent' })],
    ['Work writes $.why, which no state reads', machine({ Catch: [{ ...CATCH_ALL[0], ResultPath: '$.why' }] })],
  ])('finds: %s', (problem, definition, rules = {}) => {
    expect(check(definition, rules)).toEqual([problem]);
  });

  it('takes what its rules allow', () => {
    expect(check(choice, { completeChoices: ['Ask'] })).toEqual([]);
    expect(check(uncaught, { mayFail: ['Work'] })).toEqual([]);
    expect(check(machine({ Retry: [{ ErrorEquals: ['Glue.Busy'] }] }), { reported: ['Glue.Busy'] })).toEqual([]);
    expect(check(machine({ ResultPath: '$.sent' }), { unread: ['sent'] })).toEqual([]);
  });

  it('leaves the definition as it was given', () => {
    const definition = machine();
    const before = structuredClone(definition);

    check(definition);

    expect(definition).toEqual(before);
  });
});
