import { enableCompileCache } from 'node:module';

// Outside of a bundle each thread would remove the types from every file again, which takes half a second.
enableCompileCache();
const { serveDumpThread } = await import('./serve-dump-thread.ts');
await serveDumpThread();
