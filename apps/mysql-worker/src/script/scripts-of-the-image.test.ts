import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptProblems } from './script-problems.ts';

const WORKSPACE_ROOT = join(__dirname, '../../../..');
const SCRIPTS = join(WORKSPACE_ROOT, 'apps/mysql-worker/scripts');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scripts-of-the-image-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the scripts of the image', () => {
  it('are checked out with LF, also where Git turns line ends into CRLF', () => {
    const [origin, checkout] = [join(folder, 'origin'), join(folder, 'checkout')];
    const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' });
    cpSync(SCRIPTS, join(origin, 'scripts'), { recursive: true });
    cpSync(join(WORKSPACE_ROOT, '.gitattributes'), join(origin, '.gitattributes'));
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    git('init', '--quiet', origin);
    git('-C', origin, 'add', '--all');
    git('-C', origin, ...author, 'commit', '--quiet', '--message=scripts');

    git('clone', '--quiet', '--config', 'core.autocrlf=true', '--config', 'core.eol=crlf', origin, checkout);

    const scripts = readdirSync(join(checkout, 'scripts'));
    expect(scripts).toContain('db_backup.sh');
    for (const script of scripts) {
      const text = readFileSync(join(checkout, 'scripts', script), 'utf8');
      expect({ script, hasCarriageReturn: text.includes('\r') }).toEqual({ script, hasCarriageReturn: false });
    }
  });

  it('have nothing that Bash or ShellCheck objects to', () => {
    expect(scriptProblems(SCRIPTS)).toEqual([]);
  });

  it.each([
    [
      'a loop without an end',
      'for i in 1 2; do\n  echo $i\n',
      /^broken\.sh: line \d: syntax error: unexpected end of file/,
    ],
    ['line ends of another system', 'echo a\r\n', /^broken\.sh has lines that end in CR and LF/],
    [
      'a variable that is never set, by its line',
      'set -u\necho "$nmae"\n',
      /^broken\.sh:2:\d+: warning: nmae is referenced/,
    ],
  ])('are refused at build with %s', (_, text, problem) => {
    writeFileSync(join(folder, 'broken.sh'), text);
    expect(scriptProblems(folder)[0]).toMatch(problem);
  });
});
