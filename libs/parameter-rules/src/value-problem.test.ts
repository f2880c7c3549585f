import { storedValueProblem, valueProblem, type WrittenParameter } from './index.ts';

const LINE_BREAK = 'ends with a line break, as "echo" adds one: store it without, as with "printf %s"';
const CONTROL = 'holds a line break or another control character';
const NOT_A_BUCKET =
  'is no name of a bucket: it has 3 to 63 lower-case letters, digits, "." and "-", ' +
  'begins and ends with a letter or a digit, and is no IP address';
const NO_HOST = 'is neither a host name, such as db.example.com, nor an IP address';

function parameter(name: WrittenParameter['name']): WrittenParameter {
  return { name, dbUser: 'mary' };
}

describe.each<[WrittenParameter['name'], readonly string[]]>([
  [
    'db_host',
    ['db', 'db.example.com', 'DB-1.example.com', 'my_db.internal', 'dummy-dryrun', '127.0.0.1', '::1', 'fd00:ec2::253'],
  ],
  ['db_port', ['1', '3306', '65535']],
  ['db_name', ['classicmodels', 'my shop', 'läden', 'a.b', '...', ' a', 'n'.repeat(64), 'a/b']],
  ['db_user', ['backup', "o'neil", 'jörg', 'a b', 'frank@corp', "'", 'n'.repeat(80)]],
  ['db_pass', [' with spaces ', 'a\'b"c\\d', 'pässwörd', '🙂', 'y'.repeat(2000), 's3://x']],
  ['s3_bucket', ['abc', 'my.bucket-1', '4bucket', 'b'.repeat(63)]],
  ['s3_path', ['backups', 'a/b', '/a//b/', '/', 'env=prod/läden', 'a..b', '...', 'a b', 'a.']],
  ['password', [' with spaces ', 'pässwörd', 'y'.repeat(256)]],
  ['new_password', ['a\'b"c\\d']],
  ['account', ['application', 'privileged']],
  ['grant', ["GRANT SELECT ON shop.*\r\n  TO 'mary'@'%';\r\n", 'GRANT ALL PRIVILEGES TO mary']],
])('%s', (name, values) => {
  it.each(values)('can be %j', (value) => {
    expect(valueProblem(parameter(name), value)).toBeUndefined();
    expect(storedValueProblem(parameter(name), value)).toBeUndefined();
  });
});

describe('is refused, and not repeated:', () => {
  it.each<[WrittenParameter['name'], string, string]>([
    ['db_host', '', 'is empty'],
    ['db_host', ' ', 'is blank'],
    ['db_pass', '  ', 'is blank'],
    ['db_host', 'CHANGE_ME', 'is still a placeholder: store the real value'],
    ['db_host', 'db.example.com\n', LINE_BREAK],
    ['db_host', 'db.example.com\r\n', LINE_BREAK],
    ['db_host', 'db.example\n.com', CONTROL],
    ['db_host', ' db.example.com', 'holds a space: write the host alone, such as db.example.com'],
    ['db_host', 'db.example.com:3306', 'has a port in it: write the host alone, and the port into db_port'],
    ['db_host', '10.0.0.1:3306', 'has a port in it: write the host alone, and the port into db_port'],
    ['db_host', '[::1]:3306', 'is an IPv6 address in brackets: write it without them, and a port into db_port'],
    ['db_host', '[::1]', 'is an IPv6 address in brackets: write it without them, and a port into db_port'],
    ['db_host', 'mysql://db.example.com/shop', 'is a URL: write the host alone, such as db.example.com'],
    ['db_host', 'db.example.com/shop', 'is a path: write the host alone, such as db.example.com'],
    ['db_host', '/run/mysqld/mysqld.sock', 'is a path: write the host alone, such as db.example.com'],
    ['db_host', 'me@db.example.com', 'has an account in it: write the host alone, and the account into db_user'],
    ['db_host', 'db.example.com.', 'ends with a dot: write the host without it'],
    ['db_host', 'db..example.com', NO_HOST],
    ['db_host', '300.1.1.1', NO_HOST],
    ['db_host', '10.0.0', NO_HOST],
    ['db_host', '-db', NO_HOST],
    ['db_host', 'läden.example', NO_HOST],
    ['db_host', `${'a'.repeat(64)}.example`, NO_HOST],
    ['db_host', `${'a.'.repeat(126)}aa`, NO_HOST],
    ['db_port', '0', 'is no port: a number from 1 to 65535'],
    ['db_port', '65536', 'is no port: a number from 1 to 65535'],
    ['db_port', '0xCEA', 'is no port: a number from 1 to 65535'],
    ['db_port', '3306.0', 'is no port: a number from 1 to 65535'],
    ['db_port', '03306', 'is no port: a number from 1 to 65535'],
    ['db_port', ' 3306', 'is no port: a number from 1 to 65535'],
    ['db_port', '3306\n', LINE_BREAK],
    ['db_name', '.', 'is no name of a database'],
    ['db_name', '..', 'is no name of a database'],
    ['db_name', 'shop ', 'ends with a space, which no name of a database may do'],
    ['db_name', 'shop🙂', 'has a character that no name on a server can have, such as an emoji'],
    ['db_name', 'n'.repeat(65), 'has 65 characters, and the name of a database has 64 at most'],
    ['db_name', 'a\0b', CONTROL],
    [
      'db_user',
      "'backup'@'%'",
      'is in quotes: write the name of the account alone, without quotes and without its host',
    ],
    ['db_user', ' backup', 'begins or ends with a space, which servers cut off: write it without'],
    ['db_user', 'n'.repeat(81), 'has 81 characters, and the name of an account has 80 at most'],
    ['db_user', 'backup\n', LINE_BREAK],
    ['db_pass', 's3cret\n', LINE_BREAK],
    ['db_pass', 's3cret\r', LINE_BREAK],
    ['db_pass', 's3c\tret', CONTROL],
    ['db_pass', 's3cret\uFFFD', 'is not UTF-8: store it anew, as UTF-8'],
    ['db_pass', 's3cret\uD83D', 'is not UTF-8: store it anew, as UTF-8'],
    ['db_pass', 'é'.repeat(2049), 'is longer than 4096 bytes, the most that Parameter Store takes'],
    [
      's3_bucket',
      's3://vault/daily',
      'is a URI: write the name of the bucket alone, which is between "s3://" and the next "/"',
    ],
    ['s3_bucket', 'https://vault.s3.amazonaws.com', 'is a URL: write the name of the bucket alone'],
    ['s3_bucket', 'arn:aws:s3:::vault', 'is an ARN: write the name of the bucket alone, which is after ":::"'],
    ['s3_bucket', 'vault/daily', 'is a path: write the name of the bucket alone, and its folder into s3_path'],
    ['s3_bucket', 'vault\n', LINE_BREAK],
    ['s3_bucket', 'Vault', NOT_A_BUCKET],
    ['s3_bucket', 'my_vault', NOT_A_BUCKET],
    ['s3_bucket', 'va', NOT_A_BUCKET],
    ['s3_bucket', 'vault.', NOT_A_BUCKET],
    ['s3_bucket', 'va..ult', NOT_A_BUCKET],
    ['s3_bucket', '192.168.5.4', NOT_A_BUCKET],
    ['s3_bucket', 'b'.repeat(64), NOT_A_BUCKET],
    ['s3_bucket', 'vault-s3alias', 'is a name that S3 keeps for itself, and no bucket of yours'],
    ['s3_path', 'a/../b', 'has "." or ".." as a folder: write the path without them'],
    ['s3_path', '..', 'has "." or ".." as a folder: write the path without them'],
    ['s3_path', './a', 'has "." or ".." as a folder: write the path without them'],
    ['s3_path', 's3://vault/daily', 'is a URI: write the folder alone, and the bucket into s3_bucket'],
    ['s3_path', 'arn:aws:s3:::vault/daily', 'is an ARN: write the folder alone, and the bucket into s3_bucket'],
    ['s3_path', 'daily ', 'has a space at the end of a folder: write it without'],
    ['s3_path', 'daily\n', LINE_BREAK],
    ['s3_path', 'a\\b', 'has one of the characters \\ { } ^ % ` [ ] " < > ~ # | * ?, which a folder must not have'],
    ['s3_path', 'd/'.repeat(401), 'has 802 bytes, and a folder for backups has 800 at most'],
    ['password', 'ö'.repeat(129), 'is longer than 256 bytes, which some servers refuse'],
    ['password', 'y'.repeat(257), 'is longer than 256 bytes, which some servers refuse'],
    ['password', 's3cret\n', LINE_BREAK],
    ['new_password', 'CHANGE_ME', 'is still a placeholder: store the real value'],
    ['account', 'Application', 'is neither application nor privileged'],
    ['account', 'application\n', LINE_BREAK],
  ])('%s %j', (name, value, problem) => {
    expect(valueProblem(parameter(name), value)).toBe(problem);
    expect(storedValueProblem(parameter(name), value)).toBe(problem);
  });

  it('is the registration of root as an application, which every job refuses', () => {
    expect(valueProblem({ name: 'account', dbUser: 'root' }, 'application')).toBe('must be "privileged" for root');
    expect(valueProblem({ name: 'account', dbUser: 'root' }, 'privileged')).toBeUndefined();
  });

  it.each([
    ['GRANT SELECT ON shop.*', 'TO is expected instead of nothing, at character 23'],
    ['GRANT SELECT TO frank', 'it is for "…", while the request is for "mary", at character 17'],
    ['hunter2', 'GRANT is expected instead of "…", at character 1'],
    ["GRANT SELECT TO mary IDENTIFIED BY 'hunter2'", 'its end is expected instead of "…", at character 22'],
  ])('the grant %j', (value, found) => {
    const problem = valueProblem(parameter('grant'), value);

    expect(problem).toContain(`is no grant that a job accepts: ${found}. A job accepts one statement`);
    expect(problem).not.toContain('hunter2');
  });
});

describe('a reference to Secrets Manager', () => {
  const REFERENCE = '/aws/reference/secretsmanager/rds!db-1f2e3d4c';

  it.each([REFERENCE, `${REFERENCE}:AWSCURRENT`])('can be stored for a setting of a database: %s', (value) => {
    expect(storedValueProblem(parameterOfDatabase('db_pass'), value)).toBeUndefined();
    expect(storedValueProblem(parameterOfDatabase('db_host'), value)).toBeUndefined();
  });

  it.each([
    ['/aws/reference/secretsmanager/', 'refers to Secrets Manager without the name of a secret'],
    [`${REFERENCE}\n`, LINE_BREAK],
    [`${REFERENCE} `, 'refers to a secret of Secrets Manager by a name that no secret can have'],
  ])('cannot be %j', (value, problem) => {
    expect(storedValueProblem(parameterOfDatabase('db_pass'), value)).toBe(problem);
  });

  it.each(['password', 'new_password', 'grant', 'account'] as const)('cannot be the %s of an account', (name) => {
    const problem = 'refers to Secrets Manager, which a password change does not read';

    expect(storedValueProblem(parameter(name), REFERENCE)).toBe(problem);
  });

  it('is no value by itself: what is found where it leads is not followed again', () => {
    expect(valueProblem(parameterOfDatabase('db_host'), REFERENCE)).toBe(
      'is a path: write the host alone, such as db.example.com',
    );
  });

  function parameterOfDatabase(name: 'db_host' | 'db_pass'): WrittenParameter {
    return { name };
  }
});
