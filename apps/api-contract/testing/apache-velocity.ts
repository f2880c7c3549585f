import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rendered } from '@serverless-ops/api-gateway';
import { SOME_REQUEST, valueAt, type SomeVariables } from './some-request.ts';

/** Where Debian's package `velocity` puts the engine that API Gateway runs. */
const JARS = ['velocity', 'commons-lang', 'commons-collections3'].map((name) => `/usr/share/java/${name}.jar`);

/** Needs a JDK (not only a JRE: the program is compiled as it starts) and the package `velocity`. */
export const isApacheVelocityInstalled = JARS.every((jar) => existsSync(jar)) && existsSync('/usr/bin/javac');

export interface TemplateCase {
  readonly template: string;
  readonly variables: SomeVariables;
}

// An empty field could not be told from none, so each starts with a full stop.
const encode = (text: string): string => Buffer.from(`.${text}`).toString('base64');
const decode = (field: string): string => Buffer.from(field, 'base64').toString().slice(1);

/** Everything that a template can ask for, as keys and values. */
function visible({ template, variables }: TemplateCase): string[] {
  const { body, parameters = {}, path, requestId, requestTimeEpoch } = { ...SOME_REQUEST, ...variables };
  const asked = [...template.matchAll(/'(\$(?:\.\w+)+)'/g)].map(([, jsonPath]) => jsonPath ?? '');
  const values = asked.flatMap((jsonPath) => {
    const value = valueAt(body, jsonPath);
    if (value === null) return [];
    const json = JSON.stringify(value);
    const isMap = typeof value === 'object' && !Array.isArray(value);
    return [
      ...[`json:${jsonPath}`, json, `path:${jsonPath}`, typeof value === 'string' ? value : json],
      ...(isMap ? [`keys:${jsonPath}`, Object.keys(value).join('\n')] : []),
    ];
  });
  const output = valueAt(body, '$.output');
  const parsed = typeof output === 'string' ? (JSON.parse(output) as Record<string, unknown>) : {};
  return [
    ...values,
    ...Object.entries(parameters).flatMap(([name, value]) => [`param:${name}`, value]),
    ...['context:path', path, 'context:requestId', requestId, 'context:requestTimeEpoch', String(requestTimeEpoch)],
    ...Object.entries(parsed).flatMap(([name, value]) => [`parsed:${name}`, String(value)]),
  ];
}

function toRendered(line: string): Rendered {
  const [text = '', status = '', ...headers] = line.split(' ').map(decode);
  const pairs = Array.from(
    { length: headers.length / 2 },
    (_, i) => headers.slice(2 * i, 2 * i + 2) as [string, string],
  );
  return { text, status: status === '' ? undefined : Number(status), headers: Object.fromEntries(pairs) };
}

/** Mapping templates as Apache Velocity renders them, all in one process. */
export function renderWithApacheVelocity(cases: readonly TemplateCase[]): Rendered[] {
  const input = cases.map((one) => [one.template, ...visible(one)].map(encode).join(' ')).join('\n');
  const program = join(import.meta.dirname, 'ApacheVelocity.java');
  const output = execFileSync('java', ['-cp', JARS.join(':'), program], { input, encoding: 'utf8' });
  return output.trimEnd().split('\n').map(toRendered);
}
