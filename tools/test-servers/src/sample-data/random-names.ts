import fc from 'fast-check';

/** Parts of names; each name gets a number, so that no two are the same to a server that ignores case and accents. */
export const randomName: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    ...['a', 'Z', '_', '0', ' ', '`', '"', "'", '\\', 'é', '表', '\n', '%', '.', ';', '-', '/', '*', '#', '$', '☕'],
  ),
  maxLength: 12,
});
