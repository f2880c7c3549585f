export { type RecordedCall } from './aws/recorded-call.ts';
export {
  startScriptedAwsEndpoint,
  type ScriptedAnswer,
  type ScriptedAwsEndpoint,
} from './aws/scripted-aws-endpoint.ts';
export {
  startScriptedParameterStore,
  type ParameterStoreFault,
  type ScriptedParameterStore,
} from './aws/scripted-parameter-store.ts';
export { DATABASE_FLAVORS, type DatabaseFlavor } from './databases/database-flavors.ts';
export { type DatabaseServer, type DatabaseServerOptions, type Row } from './databases/database-server.ts';
export { buildStacks } from './workspace/build-stacks.ts';
export { cachedFolder } from './workspace/cache-folder.ts';
export { debianMirror } from './databases/private-apt.ts';
export { mariadbPluginFolder } from './databases/mariadb-plugins.ts';
export { startMariadb, type MariadbOptions } from './databases/mariadb-server.ts';
export { mysqlAvailable, mysqlClientFolder } from './databases/mysql-packages.ts';
export { startMysql } from './databases/mysql-server.ts';
export { startTcpProxy, type TcpProxy, type TcpProxyOptions } from './network/tcp-proxy.ts';
export { spawnAtTerminal, type AtTerminal } from './programs/spawn-at-terminal.ts';
export { type S3Fault, type ScriptedS3Fault } from './s3/s3-fault.ts';
export {
  startScriptedS3Server,
  type RecordedS3Request,
  type ScriptedS3Options,
  type ScriptedS3Server,
} from './s3/scripted-s3-server.ts';
export { createBackupUser } from './databases/backup-user.ts';
export { createRestoreUser } from './databases/restore-user.ts';
export { createPasswordAdmin } from './databases/password-admin.ts';
export { putDatabaseParameters } from './databases/database-parameters.ts';
export { JobsApi, type JobStatus } from './aws/jobs-api.ts';
export { createSecondCheckout } from './workspace/second-checkout.ts';
export { readInstallation, type Installation } from './workspace/installation.ts';
export { startLocalCloud, type LocalCloud, type LocalCloudOptions } from './aws/local-cloud.ts';
export { startCountingS3Server, type CountingS3Server } from './s3/counting-s3-server.ts';
export { createBigDatabase, type BigDatabaseOptions } from './sample-data/big-database.ts';
export type { BigTable } from './sample-data/big-tables.ts';
export {
  compareContents,
  compareDatabases,
  readDatabaseContents,
  type DatabaseComparison,
  type DatabaseContents,
  type ObjectComparison,
  type TableComparison,
} from './databases/compare-databases.ts';
export {
  differences,
  exactFacts,
  type DatabaseAt,
  type Difference,
  type ExactFacts,
  type ExactFactsOptions,
} from './databases/exact-facts.ts';
export { digestTable, type TableDigest } from './databases/table-digest.ts';
export { createZoo, zooCases } from './sample-data/create-zoo.ts';
export type { ZooCase } from './sample-data/zoo-case.ts';
export { createRandom } from './sample-data/create-random.ts';
export { randomSchema } from './sample-data/random-schema.ts';
export { createSampleDatabase, type SampleDatabaseOptions } from './sample-data/sample-database.ts';
export { restoreByClient, type ClientMaker } from './databases/restore-by-client.ts';
export { restoreDump } from './databases/restore-dump.ts';
export { repeatableRandomNumbers, type RandomNumbers } from './sample-data/random-numbers.ts';
