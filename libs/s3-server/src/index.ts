export { type S3Answer } from './s3-answer.ts';
export { findS3Call, readS3Request, type S3Call, type S3Operation, type S3Request } from './s3-call.ts';
export { refusal, S3Error } from './s3-error.ts';
export { S3Server, type S3ServerOptions } from './s3-server.ts';
export { sendAnswer } from './send-answer.ts';
export { type StoredObject } from './stored-object.ts';
export { deletedKeys } from './write-object.ts';
