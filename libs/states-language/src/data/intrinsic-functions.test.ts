import fc from 'fast-check';
import type { Json } from '../json.ts';
import { evaluate } from './payload-template.ts';

const roots = (input: Json) => ({ input, context: { Execution: { Name: 'job-1' } } });
const value = (call: string, input: Json = {}) => evaluate(call, roots(input));

it.each<[string, Json, Json]>([
  ["States.Format('{} of {}', $.a, 3)", { a: 'x' }, 'x of 3'],
  ["States.Format('{}{}{}', null, true, 1.5)", {}, 'nulltrue1.5'],
  ["States.Format('it\\'s \\{\\} C:\\\\{}', $.a)", { a: '{}' }, "it's {} C:\\{}"],
  ["States.Format('{}', $$.Execution.Name)", {}, 'job-1'],
  ["States.Format('a, (b) {}', States.JsonToString($))", { q: '"' }, 'a, (b) {"q":"\\""}'],
  ['States.StringToJson($.j)', { j: '{"a":[1,"\\\\"]}' }, { a: [1, '\\'] }],
  ['States.Array(1, $.a, null)', { a: { b: 1 } }, [1, { b: 1 }, null]],
  ['States.Array()', {}, []],
  ['States.ArrayPartition($.l, 2)', { l: [1, 2, 3] }, [[1, 2], [3]]],
  ['States.ArrayContains($.l, $.x)', { l: [{ a: 1 }], x: { a: 1 } }, true],
  ['States.ArrayRange(1, 9, 4)', {}, [1, 5, 9]],
  ['States.ArrayRange(3, 1, -1)', {}, [3, 2, 1]],
  ['States.ArrayGetItem($.l, 1)', { l: [0, null] }, null],
  ['States.ArrayLength($.l[*])', { l: [1, 2] }, 2],
  ['States.ArrayUnique($.l)', { l: [1, { a: 1 }, 1, { a: 1 }] }, [1, { a: 1 }]],
  ["States.Base64Encode('ä')", {}, 'w6Q='],
  ["States.Base64Decode('w6Q=')", {}, 'ä'],
  ["States.Hash('abc', 'SHA-256')", {}, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['States.JsonMerge($.a, $.b, false)', { a: { x: 1, y: 1 }, b: { y: 2 } }, { x: 1, y: 2 }],
  ['States.MathAdd(2, -3)', {}, -1],
  ["States.StringSplit('a,b;;c', ',;')", {}, ['a', 'b', 'c']],
])('%s of %j is %j', (call, input, expected) => {
  const before = structuredClone(input);
  expect(value(call, input)).toEqual(expected);
  expect(input).toEqual(before);
});

it.each([
  ["States.Format('{}')", 'States.IntrinsicFailure'],
  ["States.Format('', 1)", 'States.IntrinsicFailure'],
  ["States.Format('{}', $)", 'States.IntrinsicFailure'],
  ["States.StringToJson('{')", 'States.IntrinsicFailure'],
  ['States.ArrayGetItem($.l, 7)', 'States.IntrinsicFailure'],
  ['States.ArrayPartition($.l, 0)', 'States.IntrinsicFailure'],
  ["States.Hash('a', 'CRC')", 'States.IntrinsicFailure'],
  ['States.JsonMerge($, $, true)', 'States.IntrinsicFailure'],
  ['States.MathRandom(1, 2, 3)', 'States.IntrinsicFailure'],
  ['States.Nothing()', 'States.Runtime'],
  ['States.Array($.none)', 'States.Runtime'],
  ['States.Array(1', 'States.Runtime'],
  ["States.Array('a)", 'States.Runtime'],
  ['States.Array(1) x', 'States.Runtime'],
  ['nonsense', 'States.Runtime'],
])('%s fails as %s', (call, error) => {
  expect(() => value(call, { l: [1] })).toThrow(expect.objectContaining({ error }) as Error);
});

it('makes texts of any JSON and back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const input = JSON.parse(JSON.stringify(json)) as Json;
      expect(value('States.StringToJson(States.JsonToString($))', input)).toEqual(input);
    }),
  );
});

it('reads any text between quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const quoted = text.replace(/['\\]/g, '\\$&');
      expect(value(`States.Array('${quoted}')`)).toEqual([text]);
      const braces = quoted.replace(/[{}]/g, '\\$&');
      expect(value(`States.Format('${braces}')`)).toBe(text);
    }),
  );
});

it('gives every UUID another value, and random numbers within their range', () => {
  expect(value('States.UUID()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([5, 6]).toContain(value('States.MathRandom(5, 7)'));
});
