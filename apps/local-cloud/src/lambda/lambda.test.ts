import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { functionAssembly } from '../testing/function-stack.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { until } from '../testing/until.ts';

const CODE = `
export async function handler(event, context) {
  if (event.source) return void console.log('event ' + JSON.stringify(event));
  console.log(process.env.GREETING, event.do);
  if (event.do === 'throw') throw Object.assign(new RangeError('too much'));
  if (event.do === 'exit') process.exit(9);
  if (event.do === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  if (event.do === 'environment') return process.env;
  return { name: context.functionName, remaining: context.getRemainingTimeInMillis() > 0 };
}`;

let cloud: RunningCloud;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  cloud = await runCloud(functionAssembly(CODE));
  lambda = new LambdaClient(cloud.clientConfig);
  logs = new CloudWatchLogsClient(cloud.clientConfig);
});

afterAll(async () => {
  lambda.destroy();
  logs.destroy();
  await cloud.stop();
});

const invoke = async (what: string) => {
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: 'watcher', Payload: Buffer.from(JSON.stringify({ do: what })) }),
  );
  return { error: answer.FunctionError, payload: JSON.parse(answer.Payload?.transformToString() ?? '') as unknown };
};

const linesWith = async (filterPattern: string) => {
  const found = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/watcher', filterPattern }));
  return (found.events ?? []).map(({ message = '' }) => message);
};

it('refuses the first call of a function that was idle for weeks, until its network is back', async () => {
  const idle = await fetch(`${cloud.endpointUrl}/local-cloud/idle-functions/watcher`, { method: 'POST' });
  expect(idle.status).toBe(204);
  await expect(invoke('return')).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
  await until(async () => {
    const answer = await invoke('return').catch(() => undefined);
    return answer;
  });
});

const putEvent = (Source: string, detail: object) =>
  fetch(cloud.endpointUrl, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AWSEvents.PutEvents',
      authorization:
        'AWS4-HMAC-SHA256 Credential=own/20261122/eu-central-1/events/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ Entries: [{ Source, DetailType: 'Job', Detail: JSON.stringify(detail) }] }),
  });

describe('a function', () => {
  it('is invoked with its event and context, and its output is its log', async () => {
    await expect(invoke('greet')).resolves.toEqual({ error: undefined, payload: { name: 'watcher', remaining: true } });
    expect(await linesWith('greet')).toEqual(['hello greet']);
  });

  it('has its own environment, its role, nothing of who runs the cloud, and no way past it', async () => {
    const { payload } = await invoke('environment');
    expect(payload).toMatchObject({
      GREETING: 'hello',
      AWS_LAMBDA_FUNCTION_NAME: 'watcher',
      AWS_ENDPOINT_URL: cloud.endpointUrl,
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/) as string,
    });
    expect(payload).not.toHaveProperty('HOME');
    expect(payload).not.toHaveProperty('AWS_ENDPOINT_URL_SSM');
  });

  it.each([
    ['throws', 'throw', { errorType: 'RangeError', errorMessage: 'too much' }],
    [
      'exits',
      'exit',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 9') as string },
    ],
    [
      'takes too long',
      'hang',
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 3.00 seconds') as string,
      },
    ],
  ])('that %s answers with its error', async (_what, does, report) => {
    const { error, payload } = await invoke(does);
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject(report);
  });

  it('that is not there cannot be invoked', async () => {
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-central-1:111111111111:function:nobody',
    });
  });
});

describe('an event', () => {
  it('invokes the function of the rule that it matches, in the shape of EventBridge', async () => {
    await putEvent('ops', { state: 'SUCCEEDED' });
    await putEvent('ops', { state: 'FAILED', job: 'j-1' });
    const [line = ''] = await until(async () => {
      const lines = await linesWith('event');
      return lines.length > 0 && lines;
    });
    expect(JSON.parse(line.replace('event ', ''))).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'detail-type': 'Job',
      source: 'ops',
      account: '111111111111',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      region: 'eu-central-1',
      resources: [],
      detail: { state: 'FAILED', job: 'j-1' },
    });
    expect(await linesWith('SUCCEEDED')).toEqual([]);
  });

  it('does not reach a function that has not let the rule in', async () => {
    await putEvent('other', {});
    const line = await until(() => cloud.logged.find((each) => each.includes('rule unpermitted did not reach')));
    expect(line).toContain("the function's policy does not let events.amazonaws.com invoke it for");
  });
});

describe('CloudWatch Logs', () => {
  it('has the group that the function was allowed to make', async () => {
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }));
    expect(logGroups).toMatchObject([
      {
        logGroupName: '/aws/lambda/watcher',
        logGroupArn: 'arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/watcher',
      },
    ]);
  });
});
