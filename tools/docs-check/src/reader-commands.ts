import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Programs that the check puts before those of the machine, each with what a reader does not have to type:
 *
 * Each looks for the program behind it, in the rest of the PATH:
 *
 * - `aws` names the endpoint, for a CLI before 2.13, which does not know AWS_ENDPOINT_URL, and ends `--follow` after three
 *   seconds, as a reader ends it with Ctrl-C;
 * - `curl` fails when the answer is an error, which a reader sees by looking.
 */
const COMMANDS = {
  aws: `program=$(PATH=/usr/local/bin:/usr/bin:\${PATH#*:} type -p aws)
set -- --endpoint-url "$AWS_ENDPOINT_URL" "$@"
case " $* " in
  *' --follow '*) timeout --signal=INT 3 "$program" "$@" || true ;;
  *) exec "$program" "$@" ;;
esac`,
  curl: 'PATH=${PATH#*:}; exec curl --silent --show-error --fail-with-body "$@"',
};

export function writeCommands(folder: string): void {
  for (const [name, script] of Object.entries(COMMANDS)) {
    writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
}
