import fc from 'fast-check';
import { evaluate } from './evaluate.ts';
import { parsePolicyDocument } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

const get = { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-central-1:1:parameter/ops/a' };
const statement = (more: object) =>
  parsePolicyDocument({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...more }] });

describe('evaluate', () => {
  it('refuses what nothing allows', () => {
    expect(evaluate([], get)).toBe('implicit-deny');
  });

  it.each([
    ['the action', { Action: 'ssm:GetParameter' }, 'allowed'],
    ['the action, in other letters', { Action: 'SSM:getparameter' }, 'allowed'],
    ['a beginning of the action', { Action: ['ssm:Put*', 'ssm:Get*'] }, 'allowed'],
    ['another action', { Action: 'ssm:GetParameters' }, 'implicit-deny'],
    ['every action but others', { Action: [], NotAction: ['ssm:Put*'] }, 'allowed'],
    ['every action but this', { Action: [], NotAction: ['ssm:Get*'] }, 'implicit-deny'],
    ['the resource', { Resource: get.resource }, 'allowed'],
    ['a path of the resource', { Resource: ['arn:aws:ssm:*:*:parameter/ops/*'] }, 'allowed'],
    ['the resource, in other letters', { Resource: get.resource.toUpperCase() }, 'implicit-deny'],
    ['another resource', { Resource: 'arn:aws:ssm:*:*:parameter/other/*' }, 'implicit-deny'],
    ['every resource but this', { Resource: [], NotResource: get.resource }, 'implicit-deny'],
  ])('with a statement for %s', (_what, more, decision) => {
    expect(evaluate(statement(more), get)).toBe(decision);
  });

  it('lets a Deny win, at any place', () => {
    const policies = [...statement({}), ...statement({ Effect: 'Deny', Action: 'ssm:*' }), ...statement({})];
    expect(evaluate(policies, get)).toBe('explicit-deny');
  });

  it.each([
    ['equals', { StringEquals: { 'ecs:cluster': ['a', 'b'] } }, 'allowed'],
    ['equals in another case of the key', { StringEquals: { 'ECS:Cluster': 'b' } }, 'allowed'],
    ['does not equal', { StringEquals: { 'ecs:cluster': 'c' } }, 'implicit-deny'],
    ['is like', { ArnLike: { 'ecs:cluster': '?' } }, 'allowed'],
    ['must not be like', { StringNotLike: { 'ecs:cluster': 'b*' } }, 'implicit-deny'],
    ['must not equal', { StringNotEquals: { 'ecs:cluster': 'c' } }, 'allowed'],
    ['is absent', { StringEquals: { 's3:prefix': 'x' } }, 'implicit-deny'],
    ['is absent and may be', { StringEqualsIfExists: { 's3:prefix': 'x' } }, 'allowed'],
    ['must be absent', { Null: { 's3:prefix': 'true' } }, 'allowed'],
    ['is a boolean', { Bool: { 'aws:SecureTransport': 'true' } }, 'allowed'],
    ['is unknown', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'implicit-deny'],
    ['has an unknown operator', { NumericLessThan: { 'ecs:cluster': '5' } }, 'implicit-deny'],
    [
      'one of two does not hold',
      { StringEquals: { 'ecs:cluster': 'b' }, Bool: { 'aws:SecureTransport': 'false' } },
      'implicit-deny',
    ],
  ])('allows under a condition whose key %s', (_what, Condition, decision) => {
    const conditionKeys = { 'ecs:cluster': ['b'], 's3:prefix': [] };
    expect(evaluate(statement({ Condition }), { ...get, conditionKeys })).toBe(decision);
  });

  it('denies under a condition that it cannot judge', () => {
    const deny = { Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
    expect(evaluate([...statement({}), ...statement(deny)], get)).toBe('explicit-deny');
  });

  it('does not deny plain HTTP calls, which on AWS would be TLS', () => {
    const deny = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(evaluate([...statement({}), ...statement(deny)], get)).toBe('allowed');
  });
});

describe('matchesWildcard', () => {
  it('takes everything but * and ? literally', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const literal = text.replaceAll(/[*?]/g, '');
        expect(matchesWildcard(literal, literal)).toBe(true);
        expect(matchesWildcard(literal, `${literal}x`)).toBe(false);
        expect(matchesWildcard(`${literal}*`, `${literal}\n${text}`)).toBe(true);
      }),
    );
  });
});
