import { ERROR_CODES } from '@serverless-ops/job-schemas';
import { checkDefinition, type CheckRules } from '@serverless-ops/states-language';
import { synthesizedStateMachines } from './assembly/task-states.ts';

type State = Record<string, unknown>;
interface Machine {
  StartAt: string;
  States: Record<string, State>;
}

const reported = Object.keys(ERROR_CODES);
const order = { type: 'STANDARD', input: ['job_name', 'job_options'], reported, unread: ['notification'] } as const;

/** What is particular about each workflow, by its first state and app. */
const RULES: Readonly<Record<string, CheckRules>> = {
  'mysql-worker CheckRequest': { ...order, completeChoices: ['ChooseJob'] },
  'password-lambda CheckRequest': order,
  'api-contract IsKeyWellFormed': {
    type: 'EXPRESS',
    input: ['id', 'order', 'job_name', 'self', 'request_id', 'ordered_at', 'job_state_machine'],
  },
  'api-contract IsIdWellFormed': {
    type: 'EXPRESS',
    input: ['id', 'self', 'request_id'],
    mayFail: ['DescribeWorkerExecution', 'DescribePasswordExecution'],
  },
};

const machines = synthesizedStateMachines().map(({ app, definition }) => {
  const machine = definition as unknown as Machine;
  return [`${app} ${machine.StartAt}`, machine] as const;
});

/** The first state for which the test holds. */
function find({ States }: Machine, test: (state: State) => boolean): State {
  const found = Object.values(States).find(test);
  if (!found) throw new Error('No state of this workflow can have the fault.');
  return found;
}
const task = (machine: Machine): State => find(machine, ({ Type, Retry }) => Type === 'Task' && Retry !== undefined);
const resultTask = (machine: Machine): State =>
  find(
    machine,
    ({ Type, ResultPath }) => Type === 'Task' && typeof ResultPath === 'string' && ResultPath !== '$.notification',
  );
const catchingAll = (machine: Machine): State =>
  find(machine, ({ Catch }) => JSON.stringify(Catch ?? '').includes('"States.ALL"'));
const template = (machine: Machine): State =>
  find(machine, ({ Type, Parameters }) => Type === 'Pass' && JSON.stringify(Parameters ?? '').includes('.$"'));
const last = (state: State, field: 'Catch' | 'Retry'): State => (state[field] as State[]).at(-1) ?? {};
const pass = { Type: 'Pass', End: true };
const inner = (name: string): object => ({ StartAt: name, States: { [name]: pass } });

/** Puts a state before the first one. */
function startWith(machine: Machine, name: string, state: State): void {
  machine.States[name] = { ...state, ResultPath: null, Next: machine.StartAt };
  machine.StartAt = name;
}

/** Each makes one mistake in a workflow, and is found by the words beside it. */
const FAULTS: Readonly<Record<string, readonly [found: RegExp, seed: (machine: Machine) => void]>> = {
  'a Next to no state': [/Nowhere/, (machine) => (task(machine)['Next'] = 'Nowhere')],
  'a StartAt that is no state': [/StartAt|Nowhere/, (machine) => (machine.StartAt = 'Nowhere')],
  'a state that cannot be reached': [/Forgotten/, (machine) => (machine.States['Forgotten'] = pass)],
  'a duplicate state name': [
    /DUPLICATE/i,
    (machine) => startWith(machine, 'All', { Type: 'Parallel', Branches: [inner(machine.StartAt)] }),
  ],
  'both Next and End': [/Next|End|oneOf|valid/, (machine) => (task(machine)['End'] = true)],
  'a path to a field that is not there': [
    /reads \$\.jbo_name, which no state writes/,
    (machine) => (template(machine)['InputPath'] = '$.jbo_name'),
  ],
  'a ResultPath to another field': [
    /writes \$\.reslt, which no state reads/,
    (machine) => (resultTask(machine)['ResultPath'] = '$.reslt'),
  ],
  'a parameter without .$': [
    /Value of \w+ is a path, but/,
    (machine) => ((template(machine)['Parameters'] as State)['Value'] = '$$.Execution.Name'),
  ],
  'an intrinsic function that there is not': [
    /Value\.\$ is invalid/,
    (machine) => ((template(machine)['Parameters'] as State)['Value.$'] = "States.Fromat('{}', $$.Execution.Name)"),
  ],
  'an ItemsPath that is no path': [
    /ItemsPath|JSON ?Path/i,
    (machine) => startWith(machine, 'Each', { Type: 'Map', ItemsPath: '$.items[', ItemProcessor: inner('One') }),
  ],
  'a Choice without Default': [
    /has no Default|not reachable|unreachable|MISSING/i,
    (machine) => delete find(machine, ({ Type, Default }) => Type === 'Choice' && Default !== undefined)['Default'],
  ],
  'a missing Catch': [
    /does not catch States\.ALL|not reachable|MISSING/i,
    (machine) => delete catchingAll(machine)['Catch'],
  ],
  'a retry on an error that never comes': [
    /Glue\.Busy never comes/,
    (machine) => (last(task(machine), 'Retry')['ErrorEquals'] = ['Glue.Busy']),
  ],
  'States.ALL that is not last': [
    /States\.ALL/,
    (machine) => (catchingAll(machine)['Catch'] as State[]).push({ ErrorEquals: ['Late'], Next: machine.StartAt }),
  ],
  'States.ALL that is not alone': [
    /States\.ALL/,
    (machine) => (last(catchingAll(machine), 'Catch')['ErrorEquals'] = ['States.ALL', 'States.Timeout']),
  ],
  'a heartbeat over the time limit': [
    /Heartbeat/i,
    (machine) => Object.assign(task(machine), { HeartbeatSeconds: 61, TimeoutSeconds: 60 }),
  ],
  'a TimeoutSeconds of 0': [/TimeoutSeconds/, (machine) => (task(machine)['TimeoutSeconds'] = 0)],
  'a resource that there is not': [
    /resource|Resource/,
    (machine) => (task(machine)['Resource'] = String(task(machine)['Resource']).replace(/(:states:::[\w-]+):/, '$1s:')),
  ],
};

describe.each(machines)('the workflow %s', (name, machine) => {
  const rules = RULES[name];

  it('has no fault', () => {
    expect(rules && checkDefinition(machine, rules)).toEqual([]);
  });

  it.each(Object.entries(FAULTS))('is found faulty with %s', (_fault, [found, seed]) => {
    const faulty = structuredClone(machine);
    seed(faulty);

    expect(faulty).not.toEqual(machine);
    expect(rules && checkDefinition(faulty, rules).join('\n')).toMatch(found);
  });
});
