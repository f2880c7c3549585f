import type { JsonObject } from '../endpoint/service.ts';
import { compileEventPattern } from './event-pattern.ts';

const event: JsonObject = {
  source: 'aws.ecs',
  detail: { lastStatus: 'STOPPED', exitCode: 137, groups: ['family:worker', 'other'], startedBy: null, spot: false },
};

describe('compileEventPattern', () => {
  it.each<[JsonObject, boolean]>([
    [{ source: ['aws.ecs'] }, true],
    [{ source: ['aws.states', 'aws.ecs'] }, true],
    [{ source: ['aws.states'] }, false],
    [{ source: ['aws.ecs'], detail: { lastStatus: ['RUNNING'] } }, false],
    [{ detail: { lastStatus: ['STOPPED'], exitCode: [137] } }, true],
    [{ detail: { exitCode: ['137'] } }, false],
    [{ detail: { groups: ['family:worker'] } }, true],
    [{ detail: { groups: [{ prefix: 'family:' }] } }, true],
    [{ detail: { lastStatus: [{ prefix: 'RUN' }] } }, false],
    [{ detail: { startedBy: [null], spot: [false] } }, true],
    [{ detail: { lastStatus: [{ 'anything-but': 'RUNNING' }] } }, true],
    [{ detail: { lastStatus: [{ 'anything-but': ['RUNNING', 'STOPPED'] }] } }, false],
    [{ detail: { lastStatus: [{ 'anything-but': { prefix: 'STO' } }] } }, false],
    [{ detail: { nothing: [{ 'anything-but': 'x' }] } }, false],
    [{ detail: { nothing: [{ exists: false }], lastStatus: [{ exists: true }] } }, true],
    [{ detail: { lastStatus: [{ exists: false }] } }, false],
    [{ detail: { nothing: { deeper: ['x'] } } }, false],
    [{ 'detail-type': ['x'] }, false],
  ])('%j', (pattern, matches) => {
    expect(compileEventPattern(pattern)(event)).toBe(matches);
  });

  it.each<[JsonObject, string]>([
    [{ source: [{ wildcard: 'aws.*' }] }, 'the event pattern {"wildcard":"aws.*"} is not supported'],
    [{ detail: { exitCode: [{ numeric: ['>', 0] }] } }, 'the event pattern {"numeric":[">",0]} is not supported'],
    [{ $or: [{ source: ['a'] }] }, 'the event pattern operator $or is not supported'],
    [{ source: 'aws.ecs' }, 'the event pattern needs a list of values for source'],
    [{ source: [] }, 'the event pattern needs a list of values for source'],
  ])('refuses %j', (pattern, message) => {
    expect(() => compileEventPattern(pattern)).toThrow(message);
  });
});
