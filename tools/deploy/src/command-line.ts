/** What this program is asked for. Arguments that it does not know are for the CDK CLI. */
export type CommandLine =
  | { verb: 'changed'; bootstrap: boolean }
  | { verb: 'deploy' | 'destroy' | 'diff'; project: string; projectRoot: string; args: string[] };

const USAGE =
  'Usage: main.ts changed [--bootstrap] | main.ts deploy|destroy|diff PROJECT PROJECT-ROOT [CDK ARGUMENT...]';

/** @throws Error that says how it is used. */
export function parseCommandLine([verb, ...rest]: readonly string[]): CommandLine {
  switch (verb) {
    case 'changed': {
      const unknown = rest.filter((argument) => argument !== '--bootstrap');
      if (unknown.length > 0) throw new Error(`"${unknown.join(' ')}" is not known. ${USAGE}`);
      return { verb, bootstrap: rest.length > 0 };
    }
    case 'deploy':
    case 'destroy':
    case 'diff': {
      const [project, projectRoot, ...args] = rest;
      if (project === undefined || projectRoot === undefined) throw new Error(USAGE);
      return { verb, project, projectRoot, args };
    }
    default:
      throw new Error(USAGE);
  }
}
