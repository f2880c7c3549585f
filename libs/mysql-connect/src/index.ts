export { certificateAuthorities } from './certificate-authorities.ts';
export { connect } from './connect.ts';
export type { DatabaseConnection } from './database-connection.ts';
export { tlsFor, type DatabaseTls } from './database-tls.ts';
export { describeServer, type ServerDescription } from './describe-server.ts';
export { optionFile } from './option-file.ts';
export { grantPattern, quoteAccount, quoteIdentifier, quoteLiteral } from './quoting.ts';
export { translateMysqlError } from './translate-mysql-error.ts';
