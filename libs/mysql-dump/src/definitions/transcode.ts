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
