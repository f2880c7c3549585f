/**
 * Takes the place of `iconv-lite` in the bundle: half a megabyte of tables for encodings in which `connect` never
 * speaks. The driver asks for one only where a server answers in it.
 *
 * What MySQL calls `utf8`, and the driver `cesu8`, comes before a connection has agreed on utf8mb4, as in the server's
 * greeting. It has three bytes for a character at most, and for those it is UTF-8.
 */
export function getDecoder(encoding: string): { write(bytes: Buffer): string; end(): undefined } {
  if (encoding !== 'cesu8') throw refusal(encoding);
  return { write: (bytes) => bytes.toString('utf8'), end: () => undefined };
}

export function getEncoder(encoding: string): { write(text: string): Buffer; end(): undefined } {
  if (encoding !== 'cesu8') throw refusal(encoding);
  return { write: (text) => Buffer.from(text, 'utf8'), end: () => undefined };
}

function refusal(encoding: string): Error {
  return new Error(`The server speaks in ${encoding}, which was not asked for: UTF-8 was.`);
}
