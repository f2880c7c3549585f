/** Bytes. More than any value may have: what comes after is not read, so that a wrong file fills no memory. */
const MAX_BYTES = 64 * 1024;

/** Standard input as text, up to more than any value may have. Bytes that are no UTF-8 become U+FFFD. */
export async function readStdin(stdin: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    bytes += (chunk as Uint8Array).length;
    if (bytes > MAX_BYTES) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
