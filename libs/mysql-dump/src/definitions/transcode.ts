import type { Connection, RowDataPacket } from 'mysql2/promise';

const ASCII = /^[\0-\x7f]*$/;

/**
 * The bytes of a text in a character set of the server's, one character for each (latin1); undefined where the set
 * lacks a character.
 */
export async function transcode(session: Connection, text: string, characterSet: string): Promise<string | undefined> {
  if (ASCII.test(text)) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (characterSet.startsWith('utf8')) return bytes.toString('latin1');
  if (!/^\w+$/.test(characterSet)) return undefined;
  const [[row]] = await session.query<RowDataPacket[]>(
    `SELECT HEX(CONVERT(_utf8mb4 0x${bytes.toString('hex')} USING ${characterSet})) AS there,
            HEX(CONVERT(CONVERT(_utf8mb4 0x${bytes.toString('hex')} USING ${characterSet}) USING utf8mb4)) AS back`,
  );
  if (row?.['back'] !== bytes.toString('hex').toUpperCase()) return undefined;
  return Buffer.from(String(row['there']), 'hex').toString('latin1');
}

/** The text that these bytes of a character set stand for, given as one character for each byte. */
export async function decode(session: Connection, bytes: string, characterSet: string): Promise<string> {
  if (ASCII.test(bytes)) return bytes;
  if (characterSet.startsWith('utf8') || !/^\w+$/.test(characterSet))
    return Buffer.from(bytes, 'latin1').toString('utf8');
  const [[row]] = await session.query<RowDataPacket[]>(
    `SELECT HEX(CONVERT(_${characterSet} 0x${Buffer.from(bytes, 'latin1').toString('hex')} USING utf8mb4)) AS text`,
  );
  return Buffer.from(String(row?.['text']), 'hex').toString('utf8');
}
