import {
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  paginateGetParametersByPath,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { storageAssembly } from '../testing/storage-stack.ts';

let cloud: RunningCloud;
let ssm: SSMClient;

beforeAll(async () => {
  cloud = await runCloud(storageAssembly);
  ssm = new SSMClient(cloud.clientConfig);
});

afterAll(async () => {
  ssm.destroy();
  await cloud.stop();
});

describe('Parameter Store', () => {
  it('shows an encrypted value only to who asks for it decrypted', async () => {
    const put = { Name: '/secret', Type: 'SecureString', Value: 's3cret', KeyId: 'alias/ops' } as const;
    expect(await ssm.send(new PutParameterCommand(put))).toMatchObject({ Version: 1 });
    const encrypted = await ssm.send(new GetParameterCommand({ Name: '/secret' }));
    expect(JSON.stringify(encrypted.Parameter)).not.toContain('s3cret');
    const decrypted = await ssm.send(new GetParameterCommand({ Name: '/secret', WithDecryption: true }));
    expect(decrypted.Parameter).toMatchObject({
      Type: 'SecureString',
      Value: 's3cret',
      ARN: 'arn:aws:ssm:eu-central-1:111111111111:parameter/secret',
      LastModifiedDate: expect.any(Date) as Date,
    });
    const { Parameters } = await ssm.send(
      new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/sec'] }] }),
    );
    expect(Parameters).toMatchObject([{ Name: '/secret', KeyId: 'alias/ops' }]);
  });

  it('gives ten parameters of a path at a time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `/many/${String(index).padStart(2, '0')}`);
    for (const Name of names) await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'x' }));
    const pages: string[][] = [];
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client: ssm }, { Path: '/many' })) {
      pages.push(Parameters.map(({ Name = '' }) => Name));
    }
    expect(pages).toEqual([names.slice(0, 10), names.slice(10)]);
  });

  it('says which of several parameters are not there', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/there', Type: 'String', Value: 'x' }));
    const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: ['/there', '/not'] }));
    expect(Parameters).toMatchObject([{ Name: '/there' }]);
    expect(InvalidParameters).toEqual(['/not']);
  });

  it('refuses a key that is not there', async () => {
    const put = { Name: '/x', Type: 'SecureString', Value: 'x', KeyId: 'alias/none' } as const;
    await expect(ssm.send(new PutParameterCommand(put))).rejects.toMatchObject({ name: 'InvalidKeyId' });
  });

  it('deletes ten parameters with one call, and says which of them were not there', async () => {
    await ssm.send(new PutParameterCommand({ Name: '/gone/a', Type: 'String', Value: 'x' }));
    const names = ['/gone/a', '/gone/b'];
    expect(await ssm.send(new DeleteParametersCommand({ Names: names }))).toMatchObject({
      DeletedParameters: ['/gone/a'],
      InvalidParameters: ['/gone/b'],
    });
    const eleven = Array.from({ length: 11 }, (_, index) => `/gone/${String(index)}`);
    await expect(ssm.send(new DeleteParametersCommand({ Names: eleven }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it.each(['{{ssm:other}}', 'a{{b}}c'])('refuses the value %j, which refers to another one', async (Value) => {
    const put = new PutParameterCommand({ Name: '/nested', Type: 'String', Value });
    await expect(ssm.send(put)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('refuses a rule for a value that it would not hold', async () => {
    const put = new PutParameterCommand({ Name: '/ruled', Type: 'String', Value: 'x', AllowedPattern: '[0-9]+' });
    await expect(ssm.send(put)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
