import { inspect } from 'node:util';
import fc from 'fast-check';
import { createJobLogger, type JobLogger } from './index.ts';

function recordingLogger(): JobLogger & { lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { ...createJobLogger({ fields: { job_id: 'job-1' }, destination }), lines };
}

/** The last line's fields beside those that every line has. */
function lastLine({ lines }: { lines: string[] }): Record<string, unknown> {
  const fields = Object.entries(JSON.parse(lines.at(-1) ?? '{}') as object);
  return Object.fromEntries(fields.filter(([name]) => !['level', 'time', 'job_id'].includes(name)));
}

/** Every string that a line says, names of fields included, cut where something was hidden. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split('***');
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, inner]) => [...textsOf(name), ...textsOf(inner)]);
}

describe('a secret that was read', () => {
  it.each([
    ['a message', (secret: string) => [`login with ${secret} failed`], { msg: 'login with *** failed' }],
    ['a field', (secret: string) => [{ uri: `mysql://u:${secret}@h` }], { uri: 'mysql://u:***@h' }],
    ['the name of a field', (secret: string) => [{ [secret]: 1 }], { '***': 1 }],
    ['an array', (secret: string) => [{ args: ['-p', secret] }], { args: ['-p', '***'] }],
    ['JSON in a text', (secret: string) => [{ body: JSON.stringify({ v: secret }) }], { body: '{"v":"***"}' }],
    [
      'JSON in JSON in a text',
      (secret: string) => [{ body: JSON.stringify(JSON.stringify({ v: secret })) }],
      { body: String.raw`"{\"v\":\"***\"}"` },
    ],
    ['a URL', (secret: string) => [{ url: `/?v=${encodeURIComponent(secret)}&x` }], { url: '/?v=***&x' }],
    ['a form', (secret: string) => [{ body: String(new URLSearchParams({ v: secret })) }], { body: 'v=***' }],
    ['base64', (secret: string) => [{ v: Buffer.from(secret).toString('base64') }], { v: '***' }],
  ])('is hidden in %s', (_, logged, expected) => {
    const log = recordingLogger();
    const secret = 'p"a\\s w+ö/?';
    log.hideSecret(secret);

    log.logger.info(...(logged(secret) as [object]));

    expect(lastLine(log)).toEqual(expected);
  });

  it('is hidden in an error, its stack and its cause', () => {
    const log = recordingLogger();
    log.hideSecret('hunter22');

    log.logger.error(new Error('outer hunter22', { cause: new Error('inner hunter22') }));

    expect(lastLine(log)).toMatchObject({
      msg: 'outer ***',
      err: { message: 'outer ***', cause: { message: 'inner ***' } },
    });
    expect(log.lines.join()).not.toContain('hunter22');
  });

  it('is hidden in the fields of a child that was made before', () => {
    const log = recordingLogger();
    const child = log.logger.child({ dsn: 'hunter22@db' });
    log.hideSecret('hunter22');

    child.info('connected');

    expect(lastLine(log)).toEqual({ dsn: '***@db', msg: 'connected' });
  });

  it('is hidden whole when another secret is its beginning', () => {
    const log = recordingLogger();
    log.hideSecret('hunter');
    log.hideSecret('hunter22');

    log.logger.info('hunter22 and hunter');

    expect(lastLine(log)).toEqual({ msg: '*** and ***' });
  });

  it('is hidden as a number too', () => {
    const log = recordingLogger();
    log.hideSecret('271828');

    log.logger.info({ pin: 271828, rows: 27 });

    expect(lastLine(log)).toEqual({ pin: '***', rows: 27 });
  });

  it('is hidden only as a word of its own when it is shorter than four characters', () => {
    const log = recordingLogger();
    log.hideSecret('abc');

    log.logger.info({ value: 'abc', option: '-pabc', quoted: "'abc'" }, 'password=abc, alphabetic abcd');

    expect(lastLine(log)).toEqual({
      value: '***',
      option: '-pabc',
      quoted: "'***'",
      msg: 'password=***, alphabetic abcd',
    });
  });

  it('leaves level and time as they are', () => {
    const log = recordingLogger();
    log.hideSecret('info');
    log.hideSecret('20');

    log.logger.info('info 20');

    expect(log.lines[0]).toMatch(/^\{"level":"info","time":"20\d\d-/);
    expect(lastLine(log)).toEqual({ msg: '*** ***' });
  });

  it('is hidden in what leaves by another way than the log', () => {
    const log = recordingLogger();
    log.hideSecret('hunter22');

    expect(log.redact('mysql: -phunter22')).toBe('mysql: -p***');
    expect(log.redact({ exit_code: 0, last_lines: ['hunter22', 'done'] })).toEqual({
      exit_code: 0,
      last_lines: ['***', 'done'],
    });
  });

  it('hides nothing when it is empty', () => {
    const log = recordingLogger();
    log.hideSecret('');

    log.logger.info('started');

    expect(lastLine(log)).toEqual({ msg: 'started' });
  });

  it('is in no line, whatever it is and wherever it stands', () => {
    const encoded = (secret: string) =>
      fc.constantFrom(
        secret,
        JSON.stringify(secret),
        encodeURIComponent(secret.toWellFormed()),
        Buffer.from(secret).toString('base64'),
      );
    const nested = (secret: string) =>
      fc.letrec((tie) => ({
        text: fc.tuple(fc.string(), encoded(secret), fc.string()).map((parts) => parts.join('')),
        node: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          tie('text'),
          fc.array(tie('node'), { maxLength: 3 }),
          fc.dictionary(tie('text') as fc.Arbitrary<string>, tie('node'), { maxKeys: 3 }),
          (tie('text') as fc.Arbitrary<string>).map((message) => new Error(message, { cause: new Error(message) })),
        ),
      })).node;
    const secrets = fc.oneof(
      ...(['binary', 'grapheme', 'grapheme-ascii'] as const).map((unit) => fc.string({ unit, minLength: 4 })),
    );

    fc.assert(
      fc.property(
        secrets.chain((secret) => fc.tuple(fc.constant(secret), nested(secret), nested(secret))),
        ([secret, err, field]) => {
          const log = recordingLogger();
          log.hideSecret(secret);

          log.logger.error({ err, field }, inspect(field));

          const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
          const texts = textsOf(lastLine(log));
          expect(texts.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a field that is named like a secret', () => {
  it.each([
    'password',
    'db_pass',
    'DB_PASS',
    'dbPass',
    'MYSQL_PASSWORD',
    'secret',
    'SecretAccessKey',
    'TASK_TOKEN_ENV_VARIABLE',
    'taskToken',
    'Authorization',
    'x-api-key',
    'privateKey',
    'Set-Cookie',
  ])('is hidden at any depth: %s', (name) => {
    const log = recordingLogger();

    log.logger.info({ [name]: 'x', deep: [{ er: { [name]: { value: 1 } } }] });

    expect(lastLine(log)).toEqual({ [name]: '***', deep: [{ er: { [name]: '***' } }] });
  });

  it.each(['bypass', 'passes', 'key', 'keys', 'author'])('is left alone when it only sounds alike: %s', (name) => {
    const log = recordingLogger();

    log.logger.info({ [name]: 'x' });

    expect(lastLine(log)).toEqual({ [name]: 'x' });
  });

  it('still says whether there is a value', () => {
    const log = recordingLogger();

    log.logger.info({ password: null, token: false });

    expect(lastLine(log)).toEqual({ password: null, token: false });
  });
});
