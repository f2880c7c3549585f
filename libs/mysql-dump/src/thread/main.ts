import { serveDumpThread } from './serve-dump-thread.ts';

await serveDumpThread();
