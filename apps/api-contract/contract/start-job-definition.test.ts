import { runDefinition, StatesError } from '@serverless-ops/states-language';
import { SOME_DEPLOYMENT } from '../testing/some-deployment.ts';
import { startJobDefinition } from './start-job-definition.ts';

const BACKUP = {
  id: 'nightly',
  order: '{"job_name":"db_backup","job_options":{}}',
  job_name: 'db_backup',
  self: '/v1/jobs/nightly',
  request_id: '0f0e',
  ordered_at: '1795310689',
  job_state_machine: 'arn:aws:states:eu-central-1:111122223333:stateMachine:serverlessops-mysql-worker',
};
const PASSWORD_CHANGE = {
  ...BACKUP,
  order: '{"job_name":"password_change","job_options":{}}',
  job_name: 'password_change',
  ordered_at: '1795310700',
  job_state_machine: 'arn:aws:states:eu-central-1:111122223333:stateMachine:serverlessops-password',
};

/** The workflow as it is deployed to some account. */
const DEFINITION = startJobDefinition(SOME_DEPLOYMENT);

type Item = Readonly<Record<string, object>>;

interface PutItem {
  readonly Item: Item & { readonly job_id: { readonly S: string } };
  readonly ConditionExpression: string;
}

interface StartExecution {
  readonly StateMachineArn: string;
  readonly Name: string;
  readonly Input: string;
}

/** The jobs table and the executions of all state machines, with the rules of AWS that the workflow builds on. */
class Backend {
  readonly items = new Map<string, Item>();
  readonly executions = new Map<string, { readonly input: string; running: boolean }>();
  /** Thrown by the next call of such a state, instead of doing anything. */
  readonly failing = new Map<string, StatesError>();

  readonly RecordName = ({ Item, ConditionExpression }: PutItem): object => {
    expect(ConditionExpression).toBe('attribute_not_exists(job_id)');
    if (this.items.has(Item.job_id.S)) throw new StatesError('DynamoDB.ConditionalCheckFailedException');
    this.items.set(Item.job_id.S, Item);
    return {};
  };

  readonly ReadRecord = ({
    Key,
    ConsistentRead,
  }: {
    Key: { job_id: { S: string } };
    ConsistentRead: boolean;
  }): object => {
    expect(ConsistentRead).toBe(true);
    const item = this.items.get(Key.job_id.S);
    return item ? { Item: item } : {};
  };

  readonly StartJob = ({ StateMachineArn, Name, Input }: StartExecution): object => {
    const arn = `${StateMachineArn.replace('stateMachine', 'execution')}:${Name}`;
    const known = this.executions.get(arn);
    if (known && !(known.running && known.input === Input)) {
      throw new StatesError('Sfn.ExecutionAlreadyExistsException');
    }
    this.executions.set(arn, { input: Input, running: true });
    return { ExecutionArn: arn };
  };

  async order(input: object): Promise<unknown> {
    const { output } = await runDefinition(DEFINITION, {
      type: 'EXPRESS',
      input,
      answer: ({ state, parameters }) => {
        const failure = this.failing.get(state);
        if (failure) throw failure;
        return this[state as 'RecordName' | 'ReadRecord' | 'StartJob'](parameters as never);
      },
    });
    return output;
  }
}

let backend: Backend;

beforeEach(() => {
  backend = new Backend();
});

const EXECUTION = 'arn:aws:states:eu-central-1:111122223333:execution:serverlessops-mysql-worker:nightly';
const STARTED = { id: 'nightly', execution_arn: EXECUTION, ordered_at: '1795310689' };

function problem(name: string, status: number): object {
  return { type: `urn:problem-type:serverless-ops:${name}`, status, instance: 'urn:uuid:0f0e' };
}

describe('an order', () => {
  it('is put on record with its kind for 120 days, then started as it was sent', async () => {
    expect(await backend.order(BACKUP)).toEqual(STARTED);
    expect([...backend.items.values()]).toEqual([
      {
        job_id: { S: 'nightly' },
        job_name: { S: 'db_backup' },
        ordered_at: { N: '1795310689' },
        expires_at: { N: '1805678689' },
      },
    ]);
    expect([...backend.executions]).toEqual([[EXECUTION, { input: BACKUP.order, running: true }]]);
  });

  it('with a malformed key is refused before anything is written', async () => {
    expect(await backend.order({ ...BACKUP, id: '' })).toMatchObject(problem('invalid-idempotency-key', 400));
    expect(backend.items.size).toBe(0);
  });
});

describe('an order under a key that was used', () => {
  it('is answered with the same job while that runs', async () => {
    await backend.order(BACKUP);
    expect(await backend.order({ ...BACKUP, ordered_at: '1795319999' })).toEqual(STARTED);
    expect(backend.executions.size).toBe(1);
  });

  it('is refused when the job has ended, or was another order', async () => {
    await backend.order(BACKUP);
    const refusal = { ...problem('job-exists', 409), links: { self: '/v1/jobs/nightly' } };
    expect(await backend.order({ ...BACKUP, order: '{"job_name":"db_backup","job_options":{"a":1}}' })).toMatchObject(
      refusal,
    );
    backend.executions.set(EXECUTION, { input: BACKUP.order, running: false });
    expect(await backend.order(BACKUP)).toMatchObject(refusal);
    expect(backend.executions.size).toBe(1);
  });

  it('never starts a job of another kind', async () => {
    await backend.order(BACKUP);
    expect(await backend.order(PASSWORD_CHANGE)).toMatchObject({
      ...problem('job-exists', 409),
      detail: 'This key names a db_backup already. Follow links.self to it, or send another Idempotency-Key.',
      links: { self: '/v1/jobs/nightly' },
    });
    expect([...backend.executions.keys()]).toEqual([EXECUTION]);
  });

  it('goes on when the first order did not get as far as starting the job', async () => {
    backend.failing.set('StartJob', new StatesError('Sfn.SfnException'));
    expect(await backend.order(BACKUP)).toMatchObject(problem('unavailable', 503));
    expect(backend.items.size).toBe(1);

    backend.failing.clear();
    expect(await backend.order(PASSWORD_CHANGE)).toMatchObject(problem('job-exists', 409));
    expect(await backend.order(BACKUP)).toEqual(STARTED);
  });

  it('is refused when the job was started past the API and has only progress on record', async () => {
    backend.items.set('nightly', { job_id: { S: 'nightly' }, progress: { S: '{}' } });
    expect(await backend.order(PASSWORD_CHANGE)).toMatchObject(problem('job-exists', 409));
    expect(backend.executions.size).toBe(0);
  });
});

describe('an order that cannot be started now', () => {
  it.each([
    ['RecordName', 'DynamoDB.ProvisionedThroughputExceededException', 'unavailable', 503],
    ['StartJob', 'Sfn.ExecutionLimitExceededException', 'too-many-requests', 429],
    ['StartJob', 'Sfn.SfnException', 'unavailable', 503],
  ])('because %s fails with %s is answered with %s', async (state, error, name, status) => {
    backend.failing.set(state, new StatesError(error));
    expect(await backend.order(BACKUP)).toMatchObject(problem(name, status));
  });
});
