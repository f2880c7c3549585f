import { inspect } from 'node:util';
import { JobError } from '@serverless-ops/job-schemas';
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

/** Encodings in which a secret may be part of a text. */
const encodings = (secret: string): string[] => [
  secret,
  JSON.stringify({ v: secret }),
  JSON.stringify(JSON.stringify({ v: secret })),
  `/?v=${encodeURIComponent(secret.toWellFormed())}&x`,
  String(new URLSearchParams({ v: secret.toWellFormed() })),
  Buffer.from(secret).toString('base64'),
];

const anySecret = fc.oneof(
  ...(['binary', 'grapheme', 'grapheme-ascii'] as const).map((unit) => fc.string({ unit, minLength: 4 })),
);

/** Such as a machine makes: no word, name or number is like it. */
const randomSecret = fc.tuple(anySecret, fc.string({ minLength: 12 })).map(([one, other]) => `aB1${one}${other}`);

describe('a secret, in what others wrote,', () => {
  it.each([
    ['as it is', 'login with p"a\\s w+ö/? failed', 'login with *** failed'],
    ['in JSON', String.raw`{"v":"p\"a\\s w+ö/?"}`, '{"v":"***"}'],
    ['in JSON in JSON', String.raw`"{\"v\":\"p\\\"a\\\\s w+ö/?\"}"`, String.raw`"{\"v\":\"***\"}"`],
    ['in a URL', '/?v=p%22a%5Cs%20w%2B%C3%B6%2F%3F&x', '/?v=***&x'],
    ['in a form', 'v=p%22a%5Cs+w%2B%C3%B6%2F%3F', 'v=***'],
    ['in a shell', String.raw`v=p\"a\\s\ w+ö/\? p`, 'v=*** p'],
    ['in base64', 'cCJhXHMgdyvDti8/', '***'],
  ])('is hidden %s', (_, text, expected) => {
    const { hideSecret, redact } = recordingLogger();
    hideSecret('p"a\\s w+ö/?');

    expect(redact(text)).toBe(expected);
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

  it('is hidden in the cause of a JobError', () => {
    const log = recordingLogger();
    log.hideSecret('hunter22');

    log.logFailure(new JobError('AccessDenied', 'The login failed.', { cause: new Error('no hunter22') }));
    log.logFailure(JobError.from(new Error('odd hunter22')));

    expect(log.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { msg: 'The login failed.', cause: { message: 'no ***' } },
      { error: 'InternalError' },
    ]);
    expect(log.lines[0]).not.toContain('hunter22');
  });

  it('is hidden whole when another secret is its beginning', () => {
    const { hideSecret, redact } = recordingLogger();
    hideSecret('hunter');
    hideSecret('hunter22');

    expect(redact('hunter22 and hunter')).toBe('*** and ***');
  });

  it('is hidden line by line when it has several', () => {
    const { hideSecret, redact } = recordingLogger();
    hideSecret('first half\nsecond half');

    expect(['first half', 'second half'].map(redact)).toEqual(['***', '***']);
  });

  it('is hidden only as a word of its own when it is shorter than four characters', () => {
    const { hideSecret, redact } = recordingLogger();
    hideSecret('abc');

    expect(redact("password=abc, 'abc', -pabc, alphabetic abcd")).toBe("password=***, '***', -pabc, alphabetic abcd");
  });

  it('hides nothing when it is empty', () => {
    const { hideSecret, redact } = recordingLogger();
    hideSecret('');

    expect(redact('started')).toBe('started');
  });

  it('is in no text afterwards, whatever it is and however it is encoded', () => {
    const texts = anySecret.chain((secret) =>
      fc.tuple(fc.constant(secret), fc.string(), fc.constantFrom(...encodings(secret)), fc.string()),
    );
    fc.assert(
      fc.property(texts, ([secret, before, encoded, after]) => {
        const { hideSecret, redact } = recordingLogger();
        hideSecret(secret);

        const pieces = redact(before + encoded + after).split('***');

        const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
        expect(pieces.filter((piece) => forms.some((form) => piece.includes(form)))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a long text', () => {
  it('is cut, and says so', () => {
    const { redactAndCut } = recordingLogger();

    expect(redactAndCut('x'.repeat(11), 10)).toBe(`${'x'.repeat(10)}…`);
    expect(redactAndCut('x'.repeat(10), 10)).toBe('x'.repeat(10));
  });

  it('is never cut through a character of two halves', () => {
    const { redactAndCut } = recordingLogger();

    expect(redactAndCut('12345678😀0', 9)).toBe('12345678…');
  });

  it('shows no beginning of a secret that the cut goes through', () => {
    const { hideSecret, redactAndCut } = recordingLogger();
    hideSecret('hunter22');

    expect(redactAndCut('password: hunter22, and more', 14)).toBe('password: ***…');
  });

  it('shows no piece of a secret, wherever it is cut and whatever was hidden before', () => {
    const secret = 'hunter22';
    fc.assert(
      fc.property(fc.array(fc.constantFrom(secret, 'x', 'yy '), { maxLength: 30 }), fc.nat(60), (parts, cut) => {
        const { hideSecret, redactAndCut } = recordingLogger();
        hideSecret(secret);

        const shown = redactAndCut(parts.join(''), cut);

        expect(shown.replaceAll('***', '')).toMatch(/^[xy ]*…?$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what we say ourselves', () => {
  it.each(['demo', '1', 'classicmodels', 'backup', 'info', '2026'])(
    'stays as it is with the password %j',
    (password) => {
      const log = recordingLogger();
      log.hideSecret(password);
      const result = { s3_uri: 's3://backups/classicmodels/demo/1/', rows: 1, tables: 2026 };

      log.logger.info({ result }, 'backup of demo complete: 1 of classicmodels');
      log.logFailure(new JobError('DatabaseNotFound', 'The server has no database demo. It is 1 of 2026.'));

      expect(log.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
        { level: 'info', result, msg: 'backup of demo complete: 1 of classicmodels' },
        { level: 'error', error: 'DatabaseNotFound', msg: 'The server has no database demo. It is 1 of 2026.' },
      ]);
    },
  );

  it('never holds a secret that is nothing but a secret, wherever it is', () => {
    const log = recordingLogger();
    const secret = 'q7RwZ-3nVt8LxKp2';
    const child = log.logger.child({ dsn: `${secret}@db` });
    log.hideSecret(secret);

    child.info({ args: ['-p', secret], [secret]: 1 }, `login with ${secret}`);

    expect(lastLine(log)).toEqual({ dsn: '***@db', args: ['-p', '***'], '***': 1, msg: 'login with ***' });
  });

  it('never holds such a secret, whatever it is and however deep', () => {
    const nested = (secret: string) =>
      fc.letrec((tie) => ({
        text: fc.tuple(fc.string(), fc.constantFrom(...encodings(secret)), fc.string()).map((parts) => parts.join('')),
        node: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          tie('text'),
          fc.array(tie('node'), { maxLength: 3 }),
          fc.dictionary(tie('text') as fc.Arbitrary<string>, tie('node'), { maxKeys: 3 }),
          (tie('text') as fc.Arbitrary<string>).map((message) => new Error(message, { cause: new Error(message) })),
        ),
      })).node;

    fc.assert(
      fc.property(
        randomSecret.chain((secret) => fc.tuple(fc.constant(secret), nested(secret), nested(secret))),
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
