import { request } from 'node:http';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { storageAssembly } from '../testing/storage-stack.ts';

let cloud: RunningCloud;

beforeAll(async () => {
  cloud = await runCloud(storageAssembly);
});

afterAll(() => cloud.stop());

const signature = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=own/20261122/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

interface Call {
  target?: string;
  body?: string;
  contentType?: string;
  smithyProtocol?: string;
}

async function call(service: string, { target, body = '{}', contentType, smithyProtocol }: Call) {
  const response = await fetch(cloud.endpointUrl, {
    method: 'POST',
    headers: {
      authorization: signature(service),
      ...(target !== undefined && { 'x-amz-target': target }),
      ...(contentType !== undefined && { 'content-type': contentType }),
      ...(smithyProtocol !== undefined && { 'smithy-protocol': smithyProtocol }),
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
    ['an XML action that it does not know', 'sns', { body: 'Action=CreateTopic' }, 400, '<Code>InvalidAction</Code>'],
  ])('refuses %s', async (_what, service, input, status, code) => {
    const answered = await call(service, input);
    expect(answered.status).toBe(status);
    expect(answered.body).toContain(code);
  });

  it.each([
    ['rds', '<ErrorResponse xmlns=""><Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>'],
    ['iam', '<ErrorResponse xmlns=""><Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>'],
    ['ec2', '<Response><Errors><Error><Code>NotImplemented</Code><Message>'],
  ])('refuses %s, which speaks XML, in XML', async (service, start) => {
    const answered = await call(service, {
      body: 'Action=DescribeAll&Version=2016-11-15',
      contentType: 'application/x-www-form-urlencoded; charset=utf-8',
    });
    expect([answered.status, answered.headers.get('content-type')]).toEqual([501, 'text/xml']);
    expect(answered.body.slice(0, start.length)).toBe(start);
    expect(answered.body).toContain(`The local cloud does not run the service ${service}.`);
  });

  it('refuses in CBOR who speaks CBOR', async () => {
    const answered = await call('monitoring', { body: '', smithyProtocol: 'rpc-v2-cbor' });
    expect([answered.status, answered.headers.get('smithy-protocol')]).toEqual([501, 'rpc-v2-cbor']);
    expect(answered.body).toContain('NotImplemented');
  });

  it('refuses in JSON, by the header and the body, who speaks JSON behind HTTP paths', async () => {
    const answered = await call('scheduler', { contentType: 'application/json' });
    expect(answered.headers.get('x-amzn-errortype')).toBe('NotImplemented');
    expect(JSON.parse(answered.body)).toMatchObject({
      __type: 'NotImplemented',
      message: 'The local cloud does not run the service scheduler.',
    });
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
