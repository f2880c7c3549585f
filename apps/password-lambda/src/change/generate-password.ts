/** A whole number from 0 up to, and not including, `limit`; each as likely as the others. */
export type RandomInteger = (limit: number) => number;

/** 40 of 65 characters are 240 bits. */
const LENGTH = 40;

const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz';
const UPPER_CASE = LOWER_CASE.toUpperCase();
const DIGITS = '0123456789';
/** Shells, URLs, option files and JSON take these as they are. */
const SPECIAL = '-._';

const CLASSES = [LOWER_CASE, UPPER_CASE, DIGITS, SPECIAL];
const ALL = CLASSES.join('');
const LETTERS = LOWER_CASE + UPPER_CASE;

/** A password that every server's rules take: a letter first, then anything, with every class of characters in it. */
export function generatePassword(randomInteger: RandomInteger): string {
  const pick = (characters: string): string => characters.charAt(randomInteger(characters.length));
  for (;;) {
    // A letter first: a dash would begin an option.
    const password = pick(LETTERS) + Array.from({ length: LENGTH - 1 }, () => pick(ALL)).join('');
    // Discarded as a whole, so that each that is left is as likely as the others.
    if (CLASSES.every((characters) => Array.from(password).some((one) => characters.includes(one)))) {
      return password;
    }
  }
}
