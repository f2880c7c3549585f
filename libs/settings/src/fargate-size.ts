/** Memory in MiB that Fargate offers for each CPU size (AWS: "Amazon ECS task definition parameters for Fargate"). */
const MEMORY_STEPS: Readonly<Record<number, { min: number; max: number; step: number }>> = {
  256: { min: 512, max: 2048, step: 512 },
  512: { min: 1024, max: 4096, step: 1024 },
  1024: { min: 2048, max: 8192, step: 1024 },
  2048: { min: 4096, max: 16_384, step: 1024 },
  4096: { min: 8192, max: 30_720, step: 1024 },
  8192: { min: 16_384, max: 61_440, step: 4096 },
  16384: { min: 32_768, max: 122_880, step: 8192 },
};

/** CPU sizes of Fargate: 1024 are one vCPU. */
export const FARGATE_CPU_UNITS = Object.keys(MEMORY_STEPS).map(Number);

/** What memory a CPU size allows, in words; undefined when this one is fine. */
export function describeFargateMemoryProblem(cpu: number, memoryMib: number): string | undefined {
  const steps = MEMORY_STEPS[cpu];
  // 256 CPU units take 512, 1024 and 2048 MiB, and not the step between.
  const offered =
    steps === undefined ||
    (memoryMib >= steps.min &&
      memoryMib <= steps.max &&
      (memoryMib - steps.min) % steps.step === 0 &&
      !(cpu === 256 && memoryMib === 1536));
  if (offered) return undefined;
  return `with cpu ${cpu}: ${steps.min} to ${steps.max} in steps of ${steps.step}${cpu === 256 ? ', but not 1536' : ''}`;
}
