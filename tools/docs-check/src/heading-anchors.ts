/**
 * The anchors that GitHub gives to a page's headings: lower case, without punctuation, with `-` for a space, and a number
 * after a heading that the page has already (https://docs.github.com/get-started/writing-on-github, section links).
 */
export function headingAnchors(headings: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let repeated = 1; anchors.has(anchor); repeated += 1) anchor = `${slug}-${repeated}`;
    anchors.add(anchor);
  }
  return anchors;
}
