import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { generatePassword } from './generate-password.ts';

test('every one has 40 characters of every class, a letter first, and none that means something to a shell or a URL', () => {
  for (let index = 0; index < 2000; index++) {
    const password = generatePassword((limit) => randomInt(limit));

    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[-._])[A-Za-z][A-Za-z0-9._-]{39}$/);
    expect(encodeURIComponent(password)).toBe(password);
  }
});

test('all are different', () => {
  const passwords = Array.from({ length: 1000 }, () => generatePassword((limit) => randomInt(limit)));

  expect(new Set(passwords).size).toBe(1000);
});

test('tries again until every class is there', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
      const password = generatePassword((limit) => (numbers.next().value ?? 0) % limit);

      expect(password).toMatch(/[-._]/);
    }),
  );
});
