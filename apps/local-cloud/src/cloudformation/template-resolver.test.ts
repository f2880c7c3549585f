import type { Json, JsonObject } from '../endpoint/service.ts';
import { templateSchema } from './template.ts';
import { TemplateResolver } from './template-resolver.ts';

const template = templateSchema.parse({
  Resources: {},
  Mappings: { Sizes: { small: { cpu: '256' } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
    IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] },
    Any: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] },
  },
});
const resolver = new TemplateResolver({
  template,
  values: { Env: 'prod', Subnets: ['subnet-1', 'subnet-2'], 'AWS::Region': 'eu-central-1' },
  resources: new Map([['Topic', { ref: 'arn:topic', attributes: { TopicName: 'ops', 'Nested.Name': 'deep' } }]]),
  findParameter: (name) => ({ '/ops/key': 'key-1' })[name],
});

describe('TemplateResolver', () => {
  it.each<[Json, Json]>([
    [{ Ref: 'Env' }, 'prod'],
    [{ Ref: 'Topic' }, 'arn:topic'],
    [{ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'ops'],
    [{ 'Fn::GetAtt': 'Topic.Nested.Name' }, 'deep'],
    [{ 'Fn::Sub': '${Env}-${Topic.TopicName}-${!Literal}-${AWS::Region}' }, 'prod-ops-${Literal}-eu-central-1'],
    [{ 'Fn::Sub': ['${Own}/${Env}', { Own: { Ref: 'Topic' } }] }, 'arn:topic/prod'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'Env' }]] }, 'a/prod'],
    [{ 'Fn::Join': [',', { Ref: 'Subnets' }] }, 'subnet-1,subnet-2'],
    [{ 'Fn::Select': [1, { Ref: 'Subnets' }] }, 'subnet-2'],
    [{ 'Fn::Select': ['0', { 'Fn::Split': ['-', 'x-y'] }] }, 'x'],
    [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'eu-central-1a'],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'cpu'] }, '256'],
    [{ 'Fn::If': ['IsProd', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['IsTest', 'yes', { Ref: 'Env' }] }, 'prod'],
    [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
    [{ 'Fn::If': ['Any', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::Base64': 'ops' }, 'b3Bz'],
    ['{{resolve:ssm:/ops/key}}', 'key-1'],
    [
      [1, true, null, { a: { Ref: 'Env' } }],
      [1, true, null, { a: 'prod' }],
    ],
  ])('resolves %j', (value, resolved) => {
    expect(resolver.resolve(value)).toEqual(resolved);
  });

  it('leaves out what has no value', () => {
    const noValue = { Ref: 'AWS::NoValue' };
    const properties: JsonObject = {
      a: noValue,
      b: [1, noValue],
      c: { 'Fn::If': ['IsTest', 'x', noValue] },
      d: { e: noValue },
    };
    expect(resolver.resolveProperties(properties)).toEqual({ b: [1], d: {} });
  });

  it('does not take the condition of a policy for a function', () => {
    const policy = { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } };
    expect(resolver.resolve(policy)).toEqual(policy);
  });

  it.each<[Json, string]>([
    [{ Ref: 'Nobody' }, 'Ref Nobody has no value: it is not there or was not created.'],
    [{ 'Fn::GetAtt': ['Topic', 'Color'] }, 'Fn::GetAtt Topic.Color is not known to the local cloud.'],
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not supported by the local cloud.'],
    [{ 'Fn::Select': [9, { Ref: 'Subnets' }] }, 'Fn::Select finds no item 9.'],
    [{ 'Fn::FindInMap': ['Sizes', 'big', 'cpu'] }, 'Fn::FindInMap finds nothing under Sizes.big.cpu.'],
    [{ 'Fn::If': ['Nothing', 1, 2] }, 'There is no condition Nothing.'],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, 'Fn::Join needs text, not {"a":1}.'],
    ['{{resolve:ssm:/none}}', 'The dynamic reference {{resolve:ssm:/none}} cannot be resolved.'],
    ['{{resolve:secretsmanager:x}}', 'The dynamic reference {{resolve:secretsmanager:x}} cannot be resolved.'],
  ])('refuses %j', (value, message) => {
    expect(() => resolver.resolve(value)).toThrow(message);
  });
});
