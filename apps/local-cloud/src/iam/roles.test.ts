import type { JsonObject } from '../endpoint/service.ts';
import { Roles } from './roles.ts';

const arn = 'arn:aws:iam::111111111111:role/task';
const trusting = (statement: JsonObject) => {
  const roles = new Roles();
  const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }];
  roles.define({ arn, name: 'task', trustPolicy: { Statement } });
  return roles;
};
const ecs = { Principal: { Service: 'ecs-tasks.amazonaws.com' } };
const onlyOwnAccount = { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } };

describe('Roles', () => {
  it('know which service may use a role', () => {
    const roles = trusting(ecs);
    expect(roles.trusts(arn, 'ecs-tasks.amazonaws.com', { sendsAccount: true })).toBe(true);
    expect(roles.trusts(arn, 'lambda.amazonaws.com', { sendsAccount: false })).toBe(false);
    expect(
      roles.trusts('arn:aws:iam::111111111111:role/other', 'ecs-tasks.amazonaws.com', { sendsAccount: true }),
    ).toBe(false);
  });

  it('know that some services do not say for whom they use a role', () => {
    const roles = trusting({ ...ecs, ...onlyOwnAccount });
    expect(roles.trusts(arn, 'ecs-tasks.amazonaws.com', { sendsAccount: true })).toBe(true);
    expect(roles.trusts(arn, 'ecs-tasks.amazonaws.com', { sendsAccount: false })).toBe(false);
  });

  it('say which service is not trusted', () => {
    expect(() => trusting(ecs).requireTrust(arn, 'states.amazonaws.com', { sendsAccount: true })).toThrow(
      `states.amazonaws.com may not use the role ${arn}: its trust policy does not say so`,
    );
  });

  it('take policies for roles that there are', () => {
    expect(() => new Roles().attach('nobody', {})).toThrow('There is no role named nobody');
  });
});
