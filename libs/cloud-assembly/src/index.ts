export { readAssembly, type Assembly, type StackArtifact } from './read-assembly.ts';
