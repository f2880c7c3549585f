import { execFileSync } from 'node:child_process';
import { debianMirror } from '@serverless-ops/test-servers';

/** Why the image cannot be built and run here without a registry; undefined where it can. */
export function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can make the Debian that it is built on';
  if (debianMirror() === undefined)
    return 'the Debian that it is built on comes from the mirror that apt of a Debian is set up with';
  try {
    execFileSync('unshare', ['--mount', '--pid', '--fork', 'true'], { stdio: 'ignore' });
  } catch {
    return 'root may not make namespaces on this machine';
  }
  return undefined;
}
