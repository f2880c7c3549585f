/** Digits alone: 0x0CEA, 3306.0 and 3.306e3 are numbers in JavaScript, and no ports to a reader. */
const PORT = /^[1-9]\d{0,4}$/;

/** The port that a text names; undefined when it is none. */
export function parsePort(value: string): number | undefined {
  const port = Number(value);
  return PORT.test(value) && port <= 65_535 ? port : undefined;
}

export function portProblem(value: string): string | undefined {
  return parsePort(value) === undefined ? 'is no port: a number from 1 to 65535' : undefined;
}
