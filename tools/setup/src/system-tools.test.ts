import { missingTools, whatToInstall } from './system-tools.mjs';

const machineWith =
  (...programs: string[]) =>
  (program: string) =>
    programs.includes(program);

describe('the tools of a machine', () => {
  it.each([[['mariadbd', 'mariadb', 'mariadb-dump', 'zstd']], [['mysqld', 'mysql', 'mysqldump', 'zstd']]])(
    'are enough for the demo: %j',
    (programs) => {
      expect(missingTools('demo', machineWith(...programs))).toEqual([]);
    },
  );

  it('need for the tests the AWS CLI, openssl, curl, and engines of others', () => {
    const missing = missingTools('test', machineWith('mariadbd', 'mariadb', 'mariadb-dump', 'zstd'));

    expect(missing.map((tool) => tool.aptPackage)).toEqual([
      'openssl',
      'curl',
      'awscli',
      'shellcheck',
      'default-jdk-headless',
      'rhino',
      'python3-jsonschema',
      'velocity',
    ]);
  });

  it('are named in one sentence when they have to be installed by hand', () => {
    expect(whatToInstall(missingTools('demo', machineWith('zstd')))).toBe(
      'not installed here: mariadbd or mysqld, mariadb or mysql, mariadb-dump or mysqldump; install them and run this ' +
        'again (Debian and Ubuntu: apt-get install mariadb-server-core mariadb-client; macOS: brew install mariadb)',
    );
  });
});
