import { stackWithResource } from '../testing/stack-with.ts';
import { apiMethodProblems } from './api-methods.ts';

const validator = 'x-amazon-apigateway-request-validator';
const good = { security: [{ api_key: [] }], [validator]: 'all' };

function problemsOf(paths: object): string[] {
  const Body = { paths, [`${validator}s`]: { all: { validateRequestBody: true } } };
  return apiMethodProblems(stackWithResource('AWS::ApiGateway::RestApi', { Body })).map(({ what }) => what);
}

describe('a method of the API', () => {
  it('passes when it asks for a key and validates', () => {
    expect(problemsOf({ '/jobs': { post: good } })).toEqual([]);
  });

  it.each([
    ['asks nobody', { security: undefined }, 'post /jobs asks for no key'],
    ['asks nobody, and says so', { security: [{}] }, 'post /jobs asks for no key'],
    ['takes a key or none', { security: [{ api_key: [] }, {}] }, 'post /jobs asks for no key'],
    ['validates nothing', { [validator]: undefined }, 'post /jobs is not validated'],
    ['validates by what is not there', { [validator]: 'none' }, 'post /jobs is not validated'],
  ])('is found when it %s', (_, change, problem) => {
    expect(problemsOf({ '/jobs': { post: { ...good, ...change } } })).toEqual([problem]);
  });

  it('is missed when there is none to check', () => {
    expect(problemsOf({})).toEqual(['has no method that could be checked']);
  });
});
