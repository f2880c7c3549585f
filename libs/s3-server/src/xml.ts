/** Content of an element: text, elements by their names, or several elements of one name. */
export type XmlContent = string | number | boolean | undefined | XmlContent[] | { [name: string]: XmlContent };

export const S3_NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** One element, or one for each entry of a list; nothing for undefined. */
export function element(name: string, content: XmlContent, attributes = ''): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((each) => element(name, each, attributes)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
      : escapeXml(String(content));
  return `<${name}${attributes && ` ${attributes}`}>${inner}</${name}>`;
}

/** Contents of all elements of a name, still as XML. */
export function elementsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, inner = '']) => inner);
}

/** Text of the first element of a name; undefined when there is none. */
export function textOf(xml: string, name: string): string | undefined {
  const inner = elementsOf(xml, name)[0];
  return inner === undefined ? undefined : unescapeXml(inner.trim());
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// A carriage return would be read as a line feed, and a control character not at all.
const escapeXml = (text: string): string => text.replaceAll(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? '&#13;');

const UNESCAPES = new Map(Object.entries(ESCAPES).map(([character, escape]) => [escape, character]));

const unescapeXml = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-fA-F]+)|\w+);/g, (whole, decimal?: string, hex?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return UNESCAPES.get(whole) ?? whole;
  });
