import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { startLocalCloud, type LocalCloud } from '@serverless-ops/test-servers';
import { WORKSPACE_ROOT } from './stage.ts';

const NOWHERE = { db_name: 'nowhere', db_env: 'demo' };
const BACKUP = { job_name: 'db_backup', job_options: NOWHERE };
const PASSWORD_CHANGE = { job_name: 'password_change', job_options: { ...NOWHERE, db_user: 'mary', generate: true } };

let cloud: LocalCloud;
let sfn: SFNClient;

beforeAll(async () => {
  cloud = await startLocalCloud({ workspaceRoot: WORKSPACE_ROOT });
  sfn = new SFNClient(cloud.client);
});

afterAll(() => cloud.stop());

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function order(body: object, key: string, path = '/jobs'): Promise<Answer> {
  const response = await fetch(`${cloud.apiUrl}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-api-key': cloud.apiKey, 'Idempotency-Key': key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

function output(name: string): string {
  return Object.values(cloud.outputs).flatMap((outputs) => outputs[name] ?? [])[0] ?? '';
}

/** Whether a state machine has an execution of that name. */
async function hasExecution(machineOutput: string, name: string): Promise<boolean> {
  const executionArn = `${output(machineOutput).replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return true;
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return false;
    throw error;
  }
}

describe('an order that is repeated under its Idempotency-Key', () => {
  it('starts one job, whatever the sequence of its fields', async () => {
    const { db_name, db_env } = NOWHERE;
    const answers = await Promise.all([
      order(BACKUP, 'twice'),
      order({ job_options: { db_env, db_name }, job_name: 'db_backup' }, 'twice'),
    ]);
    expect(answers).toEqual([
      { status: 202, body: { id: 'twice', state: 'RUNNING', links: { self: '/v1/jobs/twice' } } },
      { status: 202, body: { id: 'twice', state: 'RUNNING', links: { self: '/v1/jobs/twice' } } },
    ]);
  });

  it('never starts a job of another kind', async () => {
    expect((await order(BACKUP, 'backup-first')).status).toBe(202);
    expect(await order(PASSWORD_CHANGE, 'backup-first')).toMatchObject({
      status: 409,
      body: {
        type: 'urn:problem-type:serverless-ops:job-exists',
        detail: 'This key names a db_backup already. Follow links.self to it, or send another Idempotency-Key.',
        links: { self: '/v1/jobs/backup-first' },
      },
    });
    expect(await hasExecution('PasswordStateMachineArn', 'backup-first')).toBe(false);
  });

  it('names the same job on the path of the first version', async () => {
    const first = await order(BACKUP, 'old-path', '/db/backup');
    expect(first).toEqual({
      status: 200,
      body: {
        id: 'old-path',
        executionArn: `${output('StateMachineArn').replace(':stateMachine:', ':execution:')}:old-path`,
        startDate: expect.closeTo(Date.now() / 1000, -2) as number,
      },
    });
    expect(await order(PASSWORD_CHANGE, 'old-path')).toMatchObject({
      status: 409,
      body: { links: { self: '/v1/jobs/old-path' } },
    });
    const status = await order({ executionArn: first.body['executionArn'] }, 'unused', '/db/backup/status');
    expect(status).toMatchObject({ status: 200, body: { id: 'old-path' } });
  });

  it.each(['a b', 'a.', 'x'.repeat(81)])('is refused under the malformed key %j', async (key) => {
    expect(await order(BACKUP, key)).toMatchObject({
      status: 400,
      body: { type: 'urn:problem-type:serverless-ops:invalid-idempotency-key' },
    });
  });

  it('starts jobs of one kind only when orders of two kinds race', async () => {
    const keys = Array.from({ length: 5 }, (_, n) => `race-${n}`);
    await Promise.all(keys.flatMap((key) => [order(BACKUP, key), order(PASSWORD_CHANGE, key)]));
    for (const key of keys) {
      const started = await Promise.all([
        hasExecution('StateMachineArn', key),
        hasExecution('PasswordStateMachineArn', key),
      ]);
      expect([key, started.filter(Boolean)]).toEqual([key, [true]]);
    }
  });
});
