const MIB = 1024 ** 2;

/** S3 takes 10,000 parts of 5 MiB to 5 GiB each (docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
export const MAX_PARTS = 10_000;

/**
 * How large parts are, by their number. The source's length is unknown, so parts grow as it proves to be long. A part
 * is held in memory until S3 has it, hence small parts for as long as possible: 70 GiB are reached with 24 MiB parts,
 * 1 TiB with 416 MiB, 5 TiB with the last. That one stays under 2 GiB because TLS counts a write in 31 bits.
 */
const STAGES = [
  { parts: 1_500, sizeBytes: 8 * MIB },
  { parts: 2_500, sizeBytes: 24 * MIB },
  { parts: 2_000, sizeBytes: 96 * MIB },
  { parts: 1_900, sizeBytes: 416 * MIB },
  { parts: 2_100, sizeBytes: 2_000 * MIB },
] as const;

/** Bytes in the part of that number (1 to {@link MAX_PARTS}); the last part of an object may have fewer. */
export function partSizeBytes(partNumber: number): number {
  let lastPart = 0;
  for (const stage of STAGES) {
    lastPart += stage.parts;
    if (partNumber <= lastPart) return stage.sizeBytes;
  }
  throw new RangeError(`S3 takes ${MAX_PARTS} parts; there is no part ${partNumber}`);
}

/** Bytes of parts that may be on their way at once: more would buy no speed and cost memory. */
const IN_FLIGHT_BUDGET_BYTES = 16 * MIB;

/** How many parts of that size may be on their way at once, beside the one that is being filled. */
export function maxPartsInFlight(sizeBytes: number): number {
  return Math.max(1, Math.floor(IN_FLIGHT_BUDGET_BYTES / sizeBytes));
}
