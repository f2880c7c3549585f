import fc from 'fast-check';
import { PacketCutter } from './packet-cutter.ts';

function packet(number: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = number;
  return Buffer.concat([header, payload]);
}

/** Each call's bytes, as the cutter hands them on; the memory that was read into is used again, as a socket's is. */
function cut(stream: Buffer, cuts: readonly number[]): Buffer[] {
  const cutter = new PacketCutter();
  const memory = Buffer.alloc(stream.length);
  const handedOn: Buffer[] = [];
  const ends = [...cuts.map((at) => at % (stream.length + 1)), stream.length].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    const bytes = stream.copy(memory, 0, start, end);
    cutter.take(memory.subarray(0, bytes), (packets) => handedOn.push(Buffer.from(packets)));
    memory.fill(0xee);
    start = end;
  }
  return handedOn;
}

/** Lengths of the packets in it; throws if it does not end with one. */
function packetLengths(bytes: Buffer): number[] {
  const lengths: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUIntLE(at, 3);
    lengths.push(length);
    at += 4 + length;
    if (at > bytes.length) throw new RangeError('A packet is cut');
  }
  return lengths;
}

const packets = fc
  .array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 12 })
  .map((payloads) => payloads.map((payload, index) => packet(index, payload)));

test('whole packets come out, in order and byte for byte, wherever the network cuts them', () => {
  fc.assert(
    fc.property(packets, fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
      const handedOn = cut(Buffer.concat(sent), cuts);

      expect(handedOn.flatMap(packetLengths)).toEqual(sent.map(({ length }) => length - 4));
      expect(Buffer.concat(handedOn)).toEqual(Buffer.concat(sent));
    }),
  );
});

test('packets that came whole stay where they were read, all in one share', () => {
  const chunk = Buffer.concat([packet(0, Buffer.from('one')), packet(1, Buffer.from('two')), Buffer.from([5, 0, 0])]);
  const shares: Buffer[] = [];
  new PacketCutter().take(chunk, (share) => shares.push(share));

  expect(shares).toEqual([chunk.subarray(0, -3)]);
  expect(shares[0]?.buffer).toBe(chunk.buffer);
});

test('a packet begun is kept until its last byte', () => {
  const long = packet(0, Buffer.alloc(70_000, 'x'));

  expect(cut(long, [1, 2, 3, 4, 5, 69_999]).map(({ length }) => length)).toEqual([70_004]);
});
