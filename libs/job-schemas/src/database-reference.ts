import { textSchema } from './text-schema.ts';

/**
 * Characters that Parameter Store allows in one level of a path, and not only dots: the name is also a folder of the
 * bucket, where `.` and `..` name another folder. Written so that it means the same with and without the flag `u`, and
 * in Rhino, which runs it in API Gateway; and so that a long text takes no longer than its length.
 */
const PARAMETER_PATH_LEVEL = /^\.*[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** Longest name of a MySQL database, in characters. */
const MAX_DATABASE_NAME = 64;

/**
 * Which database a job works on: the two levels of its path in Parameter Store. A request never names a host, a user
 * or a bucket, so no caller can have our credentials sent to a server of their own.
 */
export const databaseReferenceShape = {
  db_name: textSchema(MAX_DATABASE_NAME, PARAMETER_PATH_LEVEL).meta({
    description: 'Name of the database in the path of its parameters',
    examples: ['classicmodels'],
  }),
  db_env: textSchema(MAX_DATABASE_NAME, PARAMETER_PATH_LEVEL).meta({
    description: 'Environment of the database in the path of its parameters',
    examples: ['demo'],
  }),
};
