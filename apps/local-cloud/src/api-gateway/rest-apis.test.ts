import { apiAssembly } from '../testing/api-stack.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';

const start = { Effect: 'Allow', Action: 'states:StartExecution', Resource: 'arn:aws:states:*:*:stateMachine:jobs' };
const outputOf = (cloud: RunningCloud, name: string): string => cloud.stacks[0]?.outputs[name] ?? '';
const post = (url: string, key: string) =>
  fetch(url, { method: 'POST', headers: { 'x-api-key': key, 'content-type': 'application/json' }, body: '{}' });

const controlled = async (cloud: RunningCloud, path: string): Promise<unknown> => {
  const scope = 'Credential=own/20261122/eu-central-1/apigateway/aws4_request';
  const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`;
  return (await fetch(`${cloud.endpointUrl}${path}`, { headers: { authorization } })).json();
};

describe('REST APIs of templates', () => {
  let cloud: RunningCloud;
  let key: string;

  beforeAll(async () => {
    cloud = await runCloud(apiAssembly(start));
    key = cloud.apiKeys.find(({ name }) => name === 'first')?.value ?? '';
  });

  afterAll(() => cloud.stop());

  it('can be called at the URL in the outputs, and start a state machine with their role', async () => {
    expect(outputOf(cloud, 'Url')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/restapis\/[a-z0-9]{10}\/v1\/jobs$/);
    const response = await post(outputOf(cloud, 'Url'), key);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({
      arn: `arn:aws:states:eu-central-1:111111111111:execution:jobs:${response.headers.get('x-amzn-requestid') ?? ''}`,
    });
  });

  it('can be called without their id, as links in their answers do', async () => {
    expect((await post(`${cloud.endpointUrl}/v1/jobs`, key)).status).toBe(202);
  });

  it('open to keys of their usage plans only', async () => {
    const unplanned = cloud.apiKeys.find(({ name }) => name === 'unplanned')?.value ?? '';
    expect((await post(outputOf(cloud, 'Url'), unplanned)).status).toBe(403);
    expect((await post(outputOf(cloud, 'Url'), key.toUpperCase())).status).toBe(403);
  });

  it('are not there under another id', async () => {
    expect((await post(`${cloud.endpointUrl}/restapis/0000000000/v1/jobs`, key)).status).toBe(403);
  });

  it('show their keys, and a value only to who asks for it', async () => {
    const path = `/apikeys/${outputOf(cloud, 'KeyId')}`;
    expect(await controlled(cloud, path)).not.toHaveProperty('value');
    expect(await controlled(cloud, `${path}?includeValue=true`)).toMatchObject({ name: 'first', value: key });
    expect(await controlled(cloud, '/apikeys/none')).toEqual({ message: 'Invalid API Key identifier specified' });
    expect(await controlled(cloud, '/restapis')).toMatchObject({ item: [{ name: 'jobs' }] });
  });

  it('export their document with the address of the stage, and what is behind it only when asked', async () => {
    const [, id] = /restapis\/([a-z0-9]{10})\//.exec(outputOf(cloud, 'Url')) ?? [];
    const path = `/restapis/${id ?? ''}/stages/v1/exports/oas30`;
    const exported = await controlled(cloud, path);
    expect(exported).toMatchObject({
      openapi: '3.0.1',
      servers: [
        { url: `${cloud.endpointUrl}/restapis/${id ?? ''}/{basePath}`, variables: { basePath: { default: 'v1' } } },
      ],
      paths: { '/jobs': { post: { security: [{ api_key: [] }] } } },
    });
    expect(JSON.stringify(exported)).not.toContain('x-amazon-apigateway');
    const whole = await controlled(cloud, `${path}?extensions=integrations`);
    expect(JSON.stringify(whole)).toContain('x-amazon-apigateway-integration');
  });

  it('refuse what is no known path below a stage, instead of answering about the stages', async () => {
    const [, id] = /restapis\/([a-z0-9]{10})\//.exec(outputOf(cloud, 'Url')) ?? [];
    for (const below of ['stages/v1/sdks/java', 'stages/v1/exports/swagger', 'stages/none/exports/oas30']) {
      expect(await controlled(cloud, `/restapis/${id ?? ''}/${below}`)).toEqual({
        message: expect.stringMatching(/does not know|exports oas30|Invalid Stage/) as string,
      });
    }
  });
});

describe('the role of a REST API', () => {
  it('needs the right to do what the API does', async () => {
    const cloud = await runCloud(apiAssembly({ ...start, Resource: 'arn:aws:states:*:*:stateMachine:others' }));
    const response = await post(outputOf(cloud, 'Url'), cloud.apiKeys[0]?.value ?? '');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: expect.stringContaining('AccessDeniedException') as string });
    await cloud.stop();
  });

  it('must let API Gateway use it', async () => {
    await expect(runCloud(apiAssembly(start, 'lambda'))).rejects.toThrow(
      /apigateway\.amazonaws\.com may not use the role .*: its trust policy does not say so/,
    );
  });
});
