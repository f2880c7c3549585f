const encoder = new TextEncoder();

/**
 * Bytes that a value takes as JSON in UTF-8: what counts against the limits of Step Functions. A control character is
 * six of them (`\u0007`), a quotation mark two, a Chinese character three.
 */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** The longest beginning of a text that takes so many bytes as JSON at most, no character cut in two. */
export function cutToJsonBytes(text: string, maxBytes: number): string {
  if (jsonBytes(text) <= maxBytes) return text;
  let bytes = jsonBytes('');
  let end = 0;
  for (const character of text) {
    bytes += jsonBytes(character) - jsonBytes('');
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
