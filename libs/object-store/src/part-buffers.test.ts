import { PartBuffers } from './part-buffers.ts';

describe('PartBuffers', () => {
  it('lends the same memory again', () => {
    const buffers = new PartBuffers();
    const first = buffers.take(8);
    buffers.giveBack(first);
    expect(buffers.take(8)).toBe(first);
  });

  it('lets go of buffers that are too small by now', () => {
    const buffers = new PartBuffers();
    buffers.giveBack(Buffer.alloc(8));
    expect(buffers.take(24)).toHaveLength(24);
  });
});
