export {
  startScriptedAwsEndpoint,
  type RecordedCall,
  type ScriptedAnswer,
  type ScriptedAwsEndpoint,
} from './scripted-aws-endpoint.ts';
export { DATABASE_FLAVORS, type DatabaseFlavor } from './database-flavors.ts';
export { type DatabaseServer, type DatabaseServerOptions, type Row } from './database-server.ts';
export { cachedFolder } from './cache-folder.ts';
export { debianMirror } from './private-apt.ts';
export { mariadbPluginFolder } from './mariadb-plugins.ts';
export { startMariadb, type MariadbOptions } from './mariadb-server.ts';
export { mysqlAvailable, mysqlClientFolder } from './mysql-packages.ts';
export { startMysql } from './mysql-server.ts';
export { startTcpProxy, type TcpProxy, type TcpProxyOptions } from './tcp-proxy.ts';
export { type S3Fault, type ScriptedS3Fault } from './s3-fault.ts';
export { startScriptedS3Server, type RecordedS3Request, type ScriptedS3Server } from './scripted-s3-server.ts';
export { createBackupUser } from './backup-user.ts';
export { createPasswordAdmin } from './password-admin.ts';
export { putDatabaseParameters } from './database-parameters.ts';
export { JobsApi, type JobStatus } from './jobs-api.ts';
export { createSecondCheckout } from './second-checkout.ts';
export { readInstallation, type Installation } from './installation.ts';
export { startLocalCloud, type LocalCloud, type LocalCloudOptions } from './local-cloud.ts';
export { startCountingS3Server, type CountingS3Server } from './counting-s3-server.ts';
export { createBigDatabase, type BigDatabaseOptions } from './big-database.ts';
export {
  compareDatabases,
  type DatabaseComparison,
  type ObjectComparison,
  type TableComparison,
} from './compare-databases.ts';
export { createSampleDatabase, type SampleDatabaseOptions } from './sample-database.ts';
export { restoreDump } from './restore-dump.ts';
