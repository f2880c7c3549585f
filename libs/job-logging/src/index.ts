export { createJobLogger, type JobFields, type JobLogger } from './job-logger.ts';
export type { Logger } from 'pino';
