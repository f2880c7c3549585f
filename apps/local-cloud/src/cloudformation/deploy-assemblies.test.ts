import { type AssemblyFixture, writeAssembly } from '../testing/assembly-folder.ts';
import { ParameterStore } from '@serverless-ops/ssm-server';
import { ssmResources } from '../ssm/ssm-resources.ts';
import { deployStacks, readStacks } from './deploy-assemblies.ts';
import { DeployError } from './deploy-error.ts';
import { nothingToRun } from './nothing-to-run.ts';

const account = { accountId: '111111111111', region: 'eu-central-1' };
const parameter = (Name: string, Value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value },
  ...more,
});
const fromStore = (Default: string, type = 'String') => ({ Type: `AWS::SSM::Parameter::Value<${type}>`, Default });

async function deploy(...fixtures: AssemblyFixture['stacks'][]) {
  const folders = fixtures.map((stacks) => writeAssembly({ stacks }));
  const store = new ParameterStore(account, () => new Date());
  try {
    const stacks = await deployStacks(readStacks(folders.map(({ directory }) => directory)), {
      account,
      handlers: { ...nothingToRun(account), ...ssmResources(store) },
      findParameter: (name) => store.find(name)?.value,
    });
    return { stacks, store };
  } finally {
    for (const { remove } of folders) remove();
  }
}

const problemsOf = async (...fixtures: AssemblyFixture['stacks'][]): Promise<readonly string[]> => {
  const error: unknown = await deploy(...fixtures).catch((thrown: unknown) => thrown);
  return error instanceof DeployError ? error.problems : [];
};

describe('deploying assemblies', () => {
  it('creates resources after those they refer to, and resolves outputs', async () => {
    const { stacks } = await deploy({
      one: {
        Resources: {
          B: parameter('/b', { 'Fn::Sub': '${A.Value}-b' }),
          A: parameter('/a', { Ref: 'Vpc' }, { DependsOn: 'C' }),
          C: parameter('/c', 'c'),
          Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
        },
        Outputs: { B: { Value: { 'Fn::GetAtt': ['B', 'Value'] } }, All: { Value: [{ Ref: 'A' }, { Ref: 'C' }] } },
      },
    });
    expect(stacks).toMatchObject([
      { name: 'one', outputs: { B: expect.stringMatching(/^vpc-[0-9a-f]{17}-b$/) as string, All: '/a,/c' } },
    ]);
  });

  it('orders stacks by the parameters that one leaves to another, in whatever order they are given', async () => {
    const { stacks } = await deploy(
      {
        second: {
          Parameters: { Key: fromStore('/ops/key'), Subnets: fromStore('/ops/subnets', 'List<String>') },
          Resources: {},
          Outputs: { Key: { Value: { Ref: 'Key' } }, Last: { Value: { 'Fn::Select': [1, { Ref: 'Subnets' }] } } },
        },
      },
      { first: { Resources: { Key: parameter('/ops/key', 'k1'), Subnets: parameter('/ops/subnets', 's1, s2') } } },
    );
    expect(stacks).toMatchObject([
      { name: 'first', outputs: {} },
      { name: 'second', outputs: { Key: 'k1', Last: 's2' } },
    ]);
  });

  it('leaves out what its condition leaves out', async () => {
    const { stacks, store } = await deploy({
      one: {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { A: parameter('/a', 'x', { Condition: 'Never' }) },
        Outputs: { A: { Value: { Ref: 'A' }, Condition: 'Never' } },
      },
    });
    expect(stacks).toMatchObject([{ name: 'one', outputs: {}, resources: [] }]);
    expect(stacks[0]?.outputs).toEqual({});
    expect(store.list()).toEqual([]);
  });

  it('takes the account for one that CDK has bootstrapped', async () => {
    const Parameters = { BootstrapVersion: fromStore('/cdk-bootstrap/hnb659fds/version') };
    await expect(deploy({ one: { Parameters, Resources: {} } })).resolves.toBeDefined();
  });

  it('names every resource type that it does not know, before it creates anything', async () => {
    const resources = { A: { Type: 'AWS::RDS::DBInstance' }, B: { Type: 'Custom::Thing' }, C: parameter('/c', 'c') };
    await expect(problemsOf({ one: { Resources: resources } })).resolves.toEqual([
      'one: A is of the type AWS::RDS::DBInstance, which the local cloud does not know',
      'one: B is of the type Custom::Thing, which the local cloud does not know',
    ]);
  });

  it('names every cause, and nothing that only follows from it', async () => {
    const problems = await problemsOf({
      one: {
        Parameters: { Key: fromStore('/ops/key'), Size: { Type: 'Number' } },
        Resources: {
          A: parameter('/a', { Ref: 'Key' }),
          B: parameter('/b', { 'Fn::ImportValue': 'x' }),
          C: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'SecureString' } },
          D: parameter('/d', { Ref: 'B' }),
        },
        Outputs: { A: { Value: { Ref: 'A' } } },
      },
    });
    expect(problems).toEqual([
      'one: parameter Key: Parameter Store has no /ops/key: give the folder of the stack that creates it, too',
      'one: parameter Size: it has no default',
      'one: AWS::SSM::Parameter B: Fn::ImportValue is not supported by the local cloud.',
      expect.stringMatching(/^one: AWS::SSM::Parameter C: Type: Invalid option.*; Value: Invalid input/) as string,
    ]);
  });

  it('names every folder that is no assembly', () => {
    expect(() => readStacks(['/no/such', '/nor/this'])).toThrow(
      /The assemblies cannot be run:\n {2}- \/no\/such is no synthesized assembly .*\n {2}- \/nor\/this is no/,
    );
  });
});
