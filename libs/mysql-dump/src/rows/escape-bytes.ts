const NUL = 0x00;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const CONTROL_Z = 0x1a;
const QUOTE = 0x27;
const BACKSLASH = 0x5c;

/** What follows the backslash in place of a byte; 0 where a byte is written as it is. */
const ESCAPES = new Uint8Array(256);
ESCAPES[NUL] = 0x30; // \0
ESCAPES[NEWLINE] = 0x6e; // \n: a statement is one line
ESCAPES[CARRIAGE_RETURN] = 0x72; // \r: the client would make one line break of \r\n
ESCAPES[CONTROL_Z] = 0x5a; // \Z: the end of a file on Windows
ESCAPES[QUOTE] = QUOTE;
ESCAPES[BACKSLASH] = BACKSLASH;

/** Below, looking at four bytes at once costs more than it saves. */
const MIN_WORDS_BYTES = 12;

/**
 * Copies `from..to` of the source to `at` of the target, as it stands between the quotes of a literal, and returns where
 * it ends. The target must have room for twice as many bytes.
 *
 * Most values hold nothing to escape, so words of four bytes are looked at and copied at once; a word with a quote, a
 * backslash or a control character is taken byte by byte. Bit tricks: "Bit Twiddling Hacks", haszero and hasless
 * (graphics.stanford.edu/~seander/bithacks.html).
 */
export function escapeBytes(
  source: Buffer,
  sourceView: DataView,
  from: number,
  to: number,
  target: Buffer,
  targetView: DataView,
  at: number,
): number {
  let read = from;
  let write = at;
  if (to - from >= MIN_WORDS_BYTES) {
    const lastWord = to - 4;
    while (read <= lastWord) {
      const word = sourceView.getInt32(read, true);
      const quotes = word ^ 0x27272727;
      const backslashes = word ^ 0x5c5c5c5c;
      const special =
        (((word - 0x20202020) & ~word) |
          ((quotes - 0x01010101) & ~quotes) |
          ((backslashes - 0x01010101) & ~backslashes)) &
        0x80808080;
      if (special === 0) {
        targetView.setInt32(write, word, true);
        read += 4;
        write += 4;
      } else {
        for (const end = read + 4; read < end; read++) {
          const byte = source[read] ?? 0;
          const escape = ESCAPES[byte] ?? 0;
          if (escape !== 0) {
            target[write++] = BACKSLASH;
            target[write++] = escape;
          } else target[write++] = byte;
        }
      }
    }
  }
  for (; read < to; read++) {
    const byte = source[read] ?? 0;
    const escape = ESCAPES[byte] ?? 0;
    if (escape !== 0) {
      target[write++] = BACKSLASH;
      target[write++] = escape;
    } else target[write++] = byte;
  }
  return write;
}
