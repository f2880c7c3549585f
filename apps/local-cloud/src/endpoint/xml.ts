import type { Json } from './service.ts';

/** Text escaped for an XML element. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\r', '&#13;');
}

/** One element; a list becomes `member` elements, but the entries of a map are side by side: the query protocol. */
export function xmlElement(name: string, value: Json): string {
  if (name === 'entry' && Array.isArray(value)) return value.map((item) => xmlElement('entry', item)).join('');
  return `<${name}>${xmlContent(value)}</${name}>`;
}

function xmlContent(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((item) => xmlElement('member', item)).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, content]) => xmlElement(name, content))
    .join('');
}
