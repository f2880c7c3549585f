export { certificateAuthorities } from './certificate-authorities.ts';
export { connect, type ConnectOptions } from './connect.ts';
export type { DatabaseConnection, ServerConnection } from './database-connection.ts';
export { tlsFor, type DatabaseTls } from './database-tls.ts';
export { describeServer, type ServerDescription } from './describe-server.ts';
export { optionFile } from './option-file.ts';
export { grantPattern, quoteAccount, quoteIdentifier, quoteLiteral, quoteStringLiteral } from './quoting.ts';
export { mysqlErrorCode, translateMysqlError } from './translate-mysql-error.ts';
