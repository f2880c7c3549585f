export {
  startScriptedAwsEndpoint,
  type RecordedCall,
  type ScriptedAnswer,
  type ScriptedAwsEndpoint,
} from './scripted-aws-endpoint.ts';
export { type DatabaseServer, type DatabaseServerOptions, type Row } from './database-server.ts';
export { startMariadb } from './mariadb-server.ts';
export { mysqlAvailable, mysqlClientFolder } from './mysql-packages.ts';
export { startMysql } from './mysql-server.ts';
export { startTcpProxy, type TcpProxy, type TcpProxyOptions } from './tcp-proxy.ts';
