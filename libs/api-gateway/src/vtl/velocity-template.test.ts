import fc from 'fast-check';
import { velocityTemplate, type TemplateVariables } from './velocity-template.ts';

function render(template: string, { body = '{}', ...variables }: { body?: string } & Partial<TemplateVariables> = {}) {
  const params = { path: {}, querystring: {}, header: {} };
  return velocityTemplate(template)({ input: { body, params }, context: {}, stageVariables: {}, ...variables });
}

describe('$input', () => {
  it('gives parts of the body as JSON and as values', () => {
    const body = '{"name":"O\'Brien \\"x\\"","list":[1,{"a":null}],"deep":{"n":2}}';
    expect(render("$input.json('$.name')", { body })).toBe('"O\'Brien \\"x\\""');
    expect(render("$input.json('$.list')", { body })).toBe('[1,{"a":null}]');
    expect(render("$input.path('$.deep').n $input.path('$.list')[0] $input.path('$.deep')", { body })).toBe(
      '2 1 {n=2}',
    );
    expect(render('$input.body', { body })).toBe(body);
  });

  it('has nothing where a path leads nowhere, and "" as JSON', () => {
    expect(render("$input.json('$.x')|$!input.path('$.x')|#if(\"$!input.path('$.x')\" == '')empty#end")).toBe(
      '""||empty',
    );
  });

  it('finds parameters in path, query and headers in this order', () => {
    const input = {
      body: '',
      params: { path: { id: 'p' }, querystring: { id: 'q', page: '2' }, header: { page: 'h', Key: 'k' } },
    };
    expect(
      render("$input.params('id') $input.params('page') $input.params('Key') [$input.params('none')]", { input }),
    ).toBe('p 2 k []');
    expect(render("$input.params().header.get('Key')", { input })).toBe('k');
  });
});

describe('Java behind the template', () => {
  it.each([
    ['1795310689.812', '1.795310689812E9'],
    ['1795310689', '1795310689'],
    ['0.5', '0.5'],
    ['1.0', '1.0'],
    ['0.0001', '1.0E-4'],
    ['12345678901234567890', '12345678901234567890'],
  ])('prints the number %s of a body as %s', (number, printed) => {
    expect(render("$input.path('$.n') $input.json('$.n')", { body: `{"n":${number}}` })).toBe(`${printed} ${printed}`);
  });

  it('replaces by regular expressions', () => {
    expect(render("$input.path('$.arn').replaceAll('^.*:', '')", { body: '{"arn":"a:b:job-1"}' })).toBe('job-1');
    const body = '{"id":"job_1","path":"C:\\\\a.b"}';
    expect(render("#if($input.path('$.id').matches('[a-z_0-9]+'))yes#end", { body })).toBe('yes');
    expect(render("$input.path('$.id').replaceAll('([a-z]+)_', '$1-$1:')", { body })).toBe('job-job:1');
    expect(render("$input.path('$.path').replace('.', '/')", { body })).toBe('C:\\a/b');
  });

  it('holds empty texts and 0 for true, null and false for false', () => {
    const body = '{"empty":"","zero":0,"no":false,"nothing":null}';
    const test = (name: string) => render(`#if($input.path('$.${name}'))true#{else}false#end`, { body });
    expect(['empty', 'zero', 'no', 'nothing', 'missing'].map(test)).toEqual([
      'true',
      'true',
      'false',
      'false',
      'false',
    ]);
  });

  it.each([
    ['$context.one == 1.0', true],
    ["$context.one == '1'", true],
    ["$context.yes == 'true'", true],
    ["$context.zero == ''", false],
    ['$context.nothing == $context.none', true],
    ["$context.nothing == ''", false],
    ["$context.list == '[1, two]'", true],
    ["'a' < 'b'", false],
    ['$context.one > 0', true],
    ['!$context.zero', false],
    ['$context.nothing || $context.zero', true],
  ])('compares as Velocity 1.7 does: %s is %s', (condition, holds) => {
    const context = { one: 1, zero: 0, yes: true, nothing: null, list: [1, 'two'] };
    expect(render(`#if(${condition})true#{else}false#end`, { context })).toBe(String(holds));
  });

  it('keeps the value of a variable that is set to nothing', () => {
    expect(render('#set($x = 1)#set($x = $context.none)$x')).toBe('1');
  });

  it('prints a reference to nothing as it stands, and nothing when it is quiet', () => {
    expect(render('$foo $!foo $context.none', {})).toBe('$foo  $context.none');
  });

  it('divides whole numbers as Java does and refuses other sums', () => {
    expect(render('#set($a = 7 / 2)$a')).toBe('3');
    expect(() => render('#set($a = "1" + 2)$a')).toThrow('something else than whole numbers');
  });

  it('refuses methods it does not have', () => {
    expect(() => render("$input.path('$.x').codePoints()", { body: '{"x":"y"}' })).toThrow('.codePoints() on a string');
    expect(() => render('$util.uuid()')).toThrow('.uuid() on a map');
  });
});

it('refuses a template that it cannot read', () => {
  expect(() => velocityTemplate('#set($in = 1)$in')).toThrow('Parse error');
  expect(() => velocityTemplate('#if($x)never ended')).toThrow('without #end');
  expect(() => velocityTemplate('ended #end twice')).toThrow('an #end too many');
  expect(() => velocityTemplate('#include("a")')).toThrow('#include');
  expect(() => velocityTemplate('#stop')).toThrow('#stop');
  expect(() => render('#other("a")')).toThrow('#other()');
});

it('lets a template override the status and headers of the answer', () => {
  const context = { responseOverride: { header: {} } };
  render("#set($context.responseOverride.status = 404)#set($context.responseOverride.header.Content-Type = 'a/b')", {
    context,
  });
  expect(context).toEqual({ responseOverride: { status: 404, header: { 'Content-Type': 'a/b' } } });
});

describe('$util.escapeJavaScript', () => {
  it('escapes as commons-lang does', () => {
    expect(
      render("$util.escapeJavaScript($input.path('$.x'))", {
        body: JSON.stringify({ x: 'a"b\\c\'d/e\n\té€😀\u0001\u007f' }),
      }),
    ).toBe('a\\"b\\\\c\\\'d\\/e\\n\\t\\u00E9\\u20AC\\uD83D\\uDE00\\u0001\u007f');
  });

  it('makes JSON of any text once its apostrophes are put back', () => {
    const template = `{"input":"$util.escapeJavaScript($input.json('$.x')).replaceAll("\\\\'", "'")"}`;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', '#', '/', '\n', 'a') }),
          fc.json(),
        ),
        (x) => {
          const rendered = render(template, { body: JSON.stringify({ x }) });
          const { input } = JSON.parse(rendered) as { input: string };
          expect(JSON.parse(input)).toBe(x);
        },
      ),
    );
  });

  it('never lets a value out of the text it stands in', () => {
    const template = `{"a":"$util.escapeJavaScript($input.params('x')).replaceAll("\\\\'", "'")","b":"fixed"}`;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', "'", ',', 'b', ':', '}', '$', '{', '\u2028') }), (x) => {
        const input = { body: '', params: { path: { x }, querystring: {}, header: {} } };
        expect(JSON.parse(render(template, { input }))).toEqual({ a: x, b: 'fixed' });
      }),
    );
  });
});

it('encodes and decodes for URLs and as base64', () => {
  const body = JSON.stringify({ x: "a b&c=ä/~(')*-._" });
  expect(render("$util.urlEncode($input.path('$.x'))", { body })).toBe('a+b%26c%3D%C3%A4%2F%7E%28%27%29*-._');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (x) => {
      const same =
        "$util.urlDecode($util.urlEncode($input.path('$.x')))$util.base64Decode($util.base64Encode($input.path('$.x')))";
      expect(render(same, { body: JSON.stringify({ x }) })).toBe(x + x);
    }),
  );
});
