/**
 * A page with new text in its generated regions. A region is between `<!-- generated: NAME -->` and
 * `<!-- end of generated -->`.
 *
 * @throws Error when the page lacks a region, or has one that nothing is generated for
 */
export function withGeneratedRegions(page: string, texts: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(texts));
  const written = page.replaceAll(
    /(<!-- generated: (.+?) -->\n).*?(<!-- end of generated -->)/gs,
    (_, start: string, name: string, end: string) => {
      const text = texts[name];
      if (text === undefined) throw new Error(`Nothing is generated for the region "${name}".`);
      missing.delete(name);
      return `${start}\n${text}\n\n${end}`;
    },
  );
  if (missing.size > 0) throw new Error(`The page has no region "${[...missing].join('", "')}".`);
  return written;
}
