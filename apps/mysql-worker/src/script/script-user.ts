import { readFileSync } from 'node:fs';
import { JobError } from '@serverless-ops/job-schemas';
import { ENVIRONMENT } from '@serverless-ops/names';

/** Whom scripts run as, when they run as another user than the worker. */
export interface ScriptUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface ScriptUserRequest {
  /** Value of `SCRIPT_USER`. Undefined: scripts run as the worker does. */
  readonly name: string | undefined;
  /** Of the worker; undefined where there are no user ids. */
  readonly workerUid: number | undefined;
  /** File of the users, in the format of `passwd(5)`. */
  readonly passwdFile: string;
}

/**
 * The user that a script runs as; undefined when it runs as the worker does.
 * @throws JobError InvalidRequest when the worker cannot run it as the user that it has to: it is then not run at all.
 */
export function findScriptUser(request: ScriptUserRequest): ScriptUser | undefined {
  const { name, workerUid, passwdFile } = request;
  if (name === undefined) return undefined;
  if (workerUid !== 0) {
    throw new JobError(
      'InvalidRequest',
      `The script did not run. Scripts run as the user ${name}, but this container runs as user ${String(workerUid)}, ` +
        'which cannot become another user. Run the task definition for scripts, whose name ends in -script.',
    );
  }
  const user = readUsers(passwdFile).find((candidate) => candidate.name === name);
  if (user !== undefined && user.uid !== 0) return user;
  throw new JobError(
    'InvalidRequest',
    `The script did not run. ${ENVIRONMENT.scriptUser} is ${name}, and the image has ` +
      `${user === undefined ? 'no user of that name' : 'root under that name'}. ` +
      "Add the user to the image's Dockerfile, or name a user of the image.",
  );
}

function readUsers(passwdFile: string): ScriptUser[] {
  const lines = readFileSync(passwdFile, 'utf8').split('\n');
  return lines.flatMap((line): ScriptUser[] => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
