import { serveDumpThread } from '@serverless-ops/mysql-dump';

await serveDumpThread();
