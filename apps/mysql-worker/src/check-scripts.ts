import { scriptProblems } from './script/script-problems.ts';

/** Part of the build: refuses to put a script into the image that cannot run. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: check-scripts.ts FOLDER');
const problems = scriptProblems(folder);
for (const problem of problems) process.stderr.write(`${folder}/${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
