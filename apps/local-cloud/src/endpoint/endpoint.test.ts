import { request } from 'node:http';
import { runCloud, type RunningCloud } from '../fixtures/running-cloud.ts';
import { storageAssembly } from '../fixtures/storage-stack.ts';

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await runCloud(storageAssembly);
});

afterAll(() => cloud.stop());

const signature = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=own/20261122/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function call(service: string, { target, body = '{}' }: { target?: string; body?: string }) {
  const response = await fetch(cloud.endpointUrl, {
    method: 'POST',
    headers: {
      authorization: signature(service),
      ...(target !== undefined && { 'x-amz-target': target }),
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe('the endpoint', () => {
  it('answers AWS JSON with a request id', async () => {
    const { status, headers, body } = await call('ssm', { target: 'AmazonSSM.DescribeParameters' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(body)).toEqual({ Parameters: [] });
  });

  it('answers the query protocol in XML', async () => {
    const { headers, body } = await call('sts', { body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    expect(headers.get('content-type')).toBe('text/xml');
    expect(body).toContain('<Arn>arn:aws:iam::111111111111:user/local-cloud</Arn>');
  });

  it.each([
    ['an action that it does not know', 'ssm', { target: 'AmazonSSM.ListCommands' }, 400, 'UnknownOperationException'],
    ['an action of another service', 'ssm', { target: 'TrentService.ListKeys' }, 400, 'UnknownOperationException'],
    ['no action', 'ssm', {}, 400, 'UnknownOperationException'],
    ['what every object has', 'ssm', { target: 'AmazonSSM.constructor' }, 400, 'UnknownOperationException'],
    ['a body that is no JSON', 'ssm', { target: 'AmazonSSM.GetParameter', body: '{' }, 400, 'SerializationException'],
    ['a wrong type', 'ssm', { target: 'AmazonSSM.GetParameter', body: '{"Name":1}' }, 400, 'ValidationException'],
    [
      'a wrong type, of ECS',
      'ecs',
      { target: 'AmazonEC2ContainerServiceV20141113.RunTask' },
      400,
      'InvalidParameterException',
    ],
    ['a service that it does not run', 'rds', { target: 'x' }, 501, 'NotImplemented'],
    ['an XML action that it does not know', 'sns', { body: 'Action=CreateTopic' }, 400, 'UnknownOperationException'],
  ])('refuses %s', async (_what, service, input, status, code) => {
    const answered = await call(service, input);
    expect(answered.status).toBe(status);
    expect(answered.body).toContain(code);
  });

  it('tells its own log what it refused', async () => {
    await call('ssm', { target: 'AmazonSSM.ListCommands' });
    expect(cloud.logged).toContain(
      'ssm AmazonSSM.ListCommands refused: UnknownOperationException: The local cloud does not know ssm:ListCommands.',
    );
  });

  it('answers nothing without a signature', async () => {
    const response = await fetch(cloud.endpointUrl);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });

  it('answers no host but loopback, so that no page in a browser can reach it under a name of its own', async () => {
    const { port } = new URL(cloud.endpointUrl);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example', authorization: signature('s3') };
      request({ host: '127.0.0.1', port, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
