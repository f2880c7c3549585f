import { z } from 'zod';
import { text } from './section.ts';

/** Tags that a resource can have in AWS (50), without the one that every stack adds. */
const MAX_TAGS = 49;

/** What every service takes: IAM is the strictest of them. */
const CHARACTERS = String.raw`[\p{L}\p{N} _.:/=+@-]`;
const WORDS = 'letters, digits, spaces and _ . : / = + - @';

const key = text(new RegExp(`^(?!aws:)${CHARACTERS}{1,128}$`, 'iu'), `1 to 128 ${WORDS}, not beginning with aws:`);
const value = text(new RegExp(`^${CHARACTERS}{0,256}$`, 'u'), `text of at most 256 ${WORDS}; a number goes in quotes`);

/** Set by every stack, and in IAM the same key whatever its capitals. */
const OWN_KEY = 'application';

/** Tags of everything that is deployed. */
export const tagsSchema = z
  .record(key, value, { error: 'a group of tags and their values' })
  .refine((tags) => Object.keys(tags).length <= MAX_TAGS, { error: `at most ${MAX_TAGS} tags` })
  .superRefine((tags, context) => {
    const seen = new Map<string, string>([[OWN_KEY, OWN_KEY]]);
    for (const name of Object.keys(tags)) {
      const same = seen.get(name.toLowerCase()) ?? name;
      if (same !== name) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `only one of this and ${same}: for IAM they are the same key`,
        });
      }
      seen.set(name.toLowerCase(), name);
    }
  });
