import { releaseMemory } from './release-memory.ts';

describe('the memory of a chunk', () => {
  it('is given back at once when the chunk has it for itself', () => {
    const before = process.memoryUsage().arrayBuffers;
    const chunk = Buffer.from(new ArrayBuffer(64 * 1024 ** 2));
    releaseMemory(chunk);
    expect(chunk).toHaveLength(0);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 ** 2);
  });

  it('stays when others may have a share of it', () => {
    const pooled = Buffer.from('a small one');
    const whole = Buffer.from(new ArrayBuffer(100));
    releaseMemory(pooled);
    releaseMemory(whole.subarray(0, 50));
    releaseMemory(whole.subarray(50));
    expect(pooled.toString()).toBe('a small one');
    expect(whole).toHaveLength(100);
  });

  it('may be given back twice', () => {
    const chunk = Buffer.from(new ArrayBuffer(100));
    releaseMemory(chunk);
    expect(() => releaseMemory(chunk)).not.toThrow();
  });
});
