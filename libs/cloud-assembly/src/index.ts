export { readAssembly, type Assembly, type SynthesizedStack } from './read-assembly.ts';
