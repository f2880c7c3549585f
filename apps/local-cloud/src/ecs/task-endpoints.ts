import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';
import type { SessionCredentials } from '../iam/session-credentials.ts';
import { asIsoText, describeTask, type Task } from './task.ts';
import { taskRoles } from './task-roles.ts';

export interface TaskEndpointsOptions {
  /** `http://127.0.0.1:4566`. */
  endpointUrl: () => string;
  issueCredentials: (roleArn: string, sessionName: string) => SessionCredentials;
  newSecret: () => string;
}

/** What a container asks about itself: its role's credentials and its task's metadata, as on AWS by environment. */
export class TaskEndpoints {
  readonly #options: TaskEndpointsOptions;
  readonly #tasks = new Map<string, { task: Task; secret: string }>();

  constructor(options: TaskEndpointsOptions) {
    this.#options = options;
  }

  /** Environment of a task's containers by which SDKs find both. */
  environmentOf(task: Task): Record<string, string> {
    const secret = this.#options.newSecret();
    this.#tasks.set(task.id, { task, secret });
    const url = this.#options.endpointUrl();
    return {
      AWS_ENDPOINT_URL: url,
      ECS_CONTAINER_METADATA_URI_V4: `${url}/v4/${task.id}`,
      ...(taskRoles(task.definition, task.overrides).taskRoleArn && {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/credentials/${task.id}`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: secret,
      }),
    };
  }

  /** Forgets a task that has stopped: its credentials end with it. */
  forget(task: Task): void {
    this.#tasks.delete(task.id);
  }

  answerCredentials(request: HttpRequest): HttpAnswer {
    const known = this.#tasks.get(request.path.split('/')[2] ?? '');
    const roleArn = known && taskRoles(known.task.definition, known.task.overrides).taskRoleArn;
    if (!known || roleArn === undefined || request.headers['authorization'] !== known.secret) {
      return json(403, { code: 'AccessDenied', message: 'No credentials for this token.' });
    }
    return json(200, this.#options.issueCredentials(roleArn, known.task.id));
  }

  answerMetadata(request: HttpRequest): HttpAnswer {
    const [, , id = '', part] = request.path.split('/');
    const task = this.#tasks.get(id)?.task;
    if (!task) return json(404, { message: 'There is no such task.' });
    const { name = '', image = '', containerArn = '' } = task.containers[0] ?? {};
    if (part !== 'task')
      return json(200, { Name: name, Image: image, ContainerARN: containerArn, KnownStatus: 'RUNNING' });
    const described = describeTask(task, asIsoText);
    return json(200, {
      Cluster: task.clusterArn,
      TaskARN: task.taskArn,
      Family: task.definition.family,
      Revision: String(task.definition.revision),
      DesiredStatus: task.desiredStatus,
      KnownStatus: task.lastStatus,
      LaunchType: task.launchType,
      Containers: described.containers.map((each) => ({ Name: each.name, Image: each.image })),
    });
  }
}

const json = (status: number, body: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
