import { z } from 'zod';

/** A group of settings that takes these keys and no others; the error of a misspelt key lists the allowed keys. */
export function section<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: `a group with the keys ${keys}` });
}

/** Text of a certain form; `allowed` is the text of the error. */
export function text(pattern: RegExp, allowed: string): z.ZodString {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

/** One of a few values. */
export function oneOf<const Values extends readonly (string | number)[]>(values: Values): z.ZodLiteral<Values[number]> {
  return z.literal(values, { error: `one of ${values.join(', ')}` });
}

/** One text, or a list of texts, of a certain form and each only once; absent: none. */
export function oneOrMore(item: z.ZodString | z.ZodEmail): z.ZodDefault<z.ZodType<string[]>> {
  const list = z.unknown().transform((value, context) => {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    items.forEach((each, index) => {
      const [issue] = item.safeParse(each).error?.issues ?? [];
      const message = items.indexOf(each) < index ? 'each only once' : issue?.message;
      if (message !== undefined) {
        context.addIssue({ code: 'custom', path: Array.isArray(value) ? [index] : [], message });
      }
    });
    return items as string[];
  });
  return list.default([]);
}

export const trueOrFalse = z.boolean({ error: 'true or false' });

/** A whole number between two bounds, both allowed. */
export function wholeNumber(min: number, max: number): z.ZodNumber {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}
