import { logicalName, toTemplate } from './template.ts';

describe('the name of a resource', () => {
  it.each([
    ['WorkerTaskRole013F226A', 'WorkerTaskRole'],
    ['Cluster', 'Cluster'],
    ['DatabaseShopProdDbHost', 'DatabaseShopProdDbHost'],
    ['WorkerStoppedAllowRuleTaskWatcher08580A419F46BE61', 'WorkerStoppedAllowRuleTaskWatcher'],
    ['ApiDeploymentB17BE62D4a6f4343019d19dafa68da3e1f509f2e', 'ApiDeployment'],
  ])('of %s is %s', (id, name) => {
    expect(logicalName(id)).toBe(name);
  });
});

describe('a template', () => {
  it('has its references as text, without hashes', () => {
    const template = toTemplate({
      Resources: {
        Topic: {
          Type: 'AWS::SNS::Topic',
          Properties: {
            joined: {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':', { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }]],
            },
            list: { 'Fn::Join': [',', { Ref: 'Subnets' }] },
            filledIn: { 'Fn::Sub': 'bucket-${AWS::AccountId}' },
            kept: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
          },
        },
      },
    });
    expect(template.Resources['Topic']?.Properties).toEqual({
      joined: 'arn:${AWS::Partition}:${Key.Arn}',
      list: '${Subnets}',
      filledIn: 'bucket-${AWS::AccountId}',
      kept: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    });
  });

  it('may leave out all but one part', () => {
    expect(toTemplate({ Resources: { Cluster: { Type: 'AWS::ECS::Cluster' } } })).toEqual({
      Resources: { Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} } },
      Parameters: {},
      Outputs: {},
    });
  });
});
