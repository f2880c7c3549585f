import { DeleteParameterCommand, GetParametersByPathCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { databaseAdminParameterPath, databaseParameterPath, databaseUserParameterPath } from '@serverless-ops/names';
import type { Settings } from '@serverless-ops/settings';
import type { Installation } from './installation.ts';

/** What is there when a reader begins a page. */
export interface Scene {
  /** What Parameter Store holds: of the database, of the account that changes passwords, and of the account `mary`. */
  readonly filed: readonly ('database' | 'admin' | 'mary' | 'what settings.yml has')[];
}

const EVERYTHING: Scene = { filed: ['database', 'admin', 'mary'] };

/** Pages that begin earlier than where everything is filed: they file it. */
const SCENES: Readonly<Record<string, Scene>> = {
  'docs/deploy.md': { filed: ['what settings.yml has'] },
  'apps/ops-cli/README.md': { filed: ['what settings.yml has'] },
  'docs/password-change.md': { filed: ['database'] },
};

const DATABASE = { dbName: 'classicmodels', dbEnv: 'demo' } as const;
/** Never seen by a reader: what `mary` logs in with before the page changes it, and what the reader files for her. */
const MARY = { before: 'before-the-page-1', given: 'given-by-the-reader-2' } as const;

/** Sets the scene of a page; gives what the reader answers to the questions of its commands. */
export async function setScene(
  page: string,
  installation: Installation,
  { parameterPrefix, backups, databases }: Settings,
): Promise<Record<string, string>> {
  const { filed } = SCENES[page] ?? EVERYTHING;
  const { server, passwords, ssm } = installation;
  await server.query(`CREATE OR REPLACE USER 'mary'@'%' IDENTIFIED BY '${MARY.before}'`);
  const groups = {
    database: databaseParameterPath(parameterPrefix, DATABASE.dbName, DATABASE.dbEnv),
    admin: databaseAdminParameterPath(parameterPrefix, DATABASE.dbName, DATABASE.dbEnv),
    mary: databaseUserParameterPath(parameterPrefix, { ...DATABASE, dbUser: 'mary' }),
  };
  const values = {
    database: {
      db_host: server.host,
      db_port: String(server.port),
      db_name: DATABASE.dbName,
      db_user: 'backup',
      db_pass: passwords.backup,
      s3_bucket: installation.output('BackupBucketName'),
      s3_path: backups.path,
    },
    admin: { db_user: 'password_admin', db_pass: passwords.admin },
    mary: { account: 'application', password: MARY.before },
  };
  for (const group of ['database', 'admin', 'mary'] as const) {
    await removeBelow(groups[group]);
    if (filed.includes(group)) await file(groups[group], values[group]);
  }
  if (filed.includes('what settings.yml has')) {
    // As the shipped file has it: values to fill in for host and account, and no password.
    const { db_pass: _, ...open } = { ...values.database, db_host: 'CHANGE_ME', db_user: 'CHANGE_ME' };
    await file(groups.database, open);
  }
  // An edited settings.yml may name databases of its own; "ops params check" looks at them, too.
  for (const { dbName, dbEnv } of databases) {
    const path = databaseParameterPath(parameterPrefix, dbName, dbEnv);
    if (path !== groups.database) await file(path, { ...values.database, db_name: dbName });
  }
  // A page files what its scene lacks; the first one is what its commands ask for first.
  return {
    ...values.admin,
    ...(filed.includes('database') ? {} : values.database),
    ...values.mary,
    password: MARY.given,
  };

  async function removeBelow(path: string): Promise<void> {
    const { Parameters: found = [] } = await ssm.send(new GetParametersByPathCommand({ Path: path, Recursive: true }));
    for (const { Name } of found) await ssm.send(new DeleteParameterCommand({ Name }));
  }

  async function file(path: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(parameters)) {
      const isSecret = name.includes('pass');
      const Type = isSecret ? 'SecureString' : 'String';
      await ssm.send(new PutParameterCommand({ Name: `${path}/${name}`, Value: value, Type, Overwrite: true }));
    }
  }
}
