/** A text of AWS as a sentence: some of them end in a full stop already. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
