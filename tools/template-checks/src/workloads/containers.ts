import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';
import { TASK_DEFINITION_VARIABLES } from './container-environment.ts';
import { isOwnLogGroup } from './log-groups.ts';

interface Container {
  readonly Environment?: readonly { readonly Name: string }[];
  readonly EnvironmentFiles?: readonly unknown[];
  readonly Secrets?: readonly unknown[];
  readonly LogConfiguration?: { readonly Options?: Readonly<Record<string, unknown>> };
  readonly Privileged?: boolean;
  readonly ReadonlyRootFilesystem?: boolean;
  readonly LinuxParameters?: {
    readonly Capabilities?: { readonly Drop?: readonly string[]; readonly Add?: readonly string[] };
  };
}

/** What Docker gives a container unless it is dropped ("Runtime privilege and Linux capabilities"). */
const USUAL_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** What it takes to run a script as another user, and to stop it. */
const TO_RUN_AS_ANOTHER_USER = ['KILL', 'SETGID', 'SETUID'];

function keptCapabilities(dropped: readonly string[]): string {
  const allowed = [...dropped, ...TO_RUN_AS_ANOTHER_USER];
  return USUAL_CAPABILITIES.filter((capability) => !allowed.includes(capability)).join(', ');
}

/** Containers that have more variables or rights than a job needs. */
export function containerProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::ECS::TaskDefinition')
    .flatMap(([id, { Properties }]) => {
      const containers = (Properties['ContainerDefinitions'] ?? []) as Container[];
      return containers
        .flatMap((container) => problemsOf(container, stack))
        .map((what) => ({ where: whereIs(stack, id), what }));
    });
}

function problemsOf(container: Container, stack: SynthesizedStack): string[] {
  const { Environment = [], EnvironmentFiles = [], LinuxParameters, LogConfiguration, Secrets = [] } = container;
  const { Add = [], Drop = [] } = LinuxParameters?.Capabilities ?? {};
  const logGroup = LogConfiguration?.Options?.['awslogs-group'];
  const problems = [
    ...Environment.map(
      ({ Name }) => !TASK_DEFINITION_VARIABLES.includes(Name) && `has the variable ${Name}, which is not on the list`,
    ),
    // Their values would be in the environment: of every process in the container, and until it is started anew.
    Secrets.length + EnvironmentFiles.length > 0 && 'has secrets in its environment',
    !isOwnLogGroup(stack, logGroup) && 'has no log group of its stack',
    container.Privileged === true && 'is privileged',
    container.ReadonlyRootFilesystem !== true && 'may change its own files',
    Add.length > 0 && 'is given capabilities of Linux',
    !Drop.includes('ALL') && keptCapabilities(Drop) !== '' && `keeps the capabilities ${keptCapabilities(Drop)}`,
  ];
  return problems.filter((problem) => problem !== false);
}
