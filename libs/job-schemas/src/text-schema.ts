import * as z from 'zod';

/**
 * A text of so many characters at most, counted as JSON Schema counts them: an emoji is one. zod's own `max` counts it
 * as two, so a job would refuse a request that the API takes.
 *
 * @param form What the text looks like. API Gateway runs it without the flag `u`: no `\p{…}`, no `\u{…}`.
 * @default any form
 */
export function textSchema(maxCharacters: number, form?: RegExp): z.ZodString {
  if (form?.flags) throw new Error(`${String(form)}: API Gateway ignores flags. Write the pattern without any.`);
  const schema = form ? z.string().regex(form) : z.string();
  return schema
    .refine((value) => Array.from(value).length <= maxCharacters, {
      error: `Too big: expected string to have <=${maxCharacters} characters`,
    })
    .meta({ maxLength: maxCharacters });
}
