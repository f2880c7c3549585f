import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const OWN_PACKAGES = '@serverless-ops';

/** What a program said, and how it ended. */
export interface Ended {
  readonly exitCode: number;
  /** Standard output and error. */
  readonly output: string;
}

/** A copy of the workspace to change: its files, and links to its packages. */
export class WorkspaceCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'workspace-copy-'));
  readonly #root: string;

  constructor(workspaceRoot: string) {
    this.#root = workspaceRoot;
    for (const file of this.#sourceFiles()) cpSync(join(workspaceRoot, file), join(this.folder, file));
    for (const packages of ['node_modules', ...globSync('{apps,libs,tools}/*/node_modules', { cwd: workspaceRoot })]) {
      this.#linkPackages(packages);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a program of a package in the copy, such as `typescript/bin/tsc`, or a module of the copy. */
  run(module: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const file = [join(this.folder, 'node_modules', module), join(this.folder, module)].find((each) =>
      existsSync(each),
    );
    const options = { cwd: this.folder, env: { ...process.env, NX_DAEMON: 'false', ...env }, maxBuffer: 64e6 };
    return new Promise((resolve) => {
      execFile(process.execPath, [file ?? module, ...args], options, (error, stdout, stderr) => {
        resolve({ exitCode: error ? 1 : 0, output: stdout + stderr });
      });
    });
  }

  /** The files as they are on disk, those that are not committed too. */
  #sourceFiles(): string[] {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const listed = execFileSync('git', args, { cwd: this.#root, encoding: 'utf8' }).split('\0');
    return listed.filter((file) => file !== '' && existsSync(join(this.#root, file)));
  }

  /** Links to packages, in a second and without their space; those of this workspace are linked in the copy itself. */
  #linkPackages(folder: string): void {
    mkdirSync(join(this.folder, folder), { recursive: true });
    for (const name of readdirSync(join(this.#root, folder))) {
      const target = join(this.folder, folder, name);
      if (name === OWN_PACKAGES)
        cpSync(join(this.#root, folder, name), target, { recursive: true, verbatimSymlinks: true });
      else if (!name.startsWith('.')) symlinkSync(join(this.#root, folder, name), target);
    }
    if (dirname(folder) === '.') symlinkSync(join(this.#root, folder, '.bin'), join(this.folder, folder, '.bin'));
  }
}
