import { storeInLocalCloud } from './local-cloud-store.ts';

// The one measurement without the others: a minute instead of ten.
console.log(await storeInLocalCloud(process.cwd()));
