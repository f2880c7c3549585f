import { writeFileSync } from 'node:fs';
import { certificateAuthorities } from '@serverless-ops/mysql-connect';

/**
 * Part of the build: writes the authorities of databases' certificates into the bundle, because the command-line
 * clients want them as a file and the container's root file system is read-only.
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: write-authorities.ts FILE');
writeFileSync(file, certificateAuthorities().join('\n'));
