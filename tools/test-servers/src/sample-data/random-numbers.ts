/** Gives a whole number from 0 to below `limit`. */
export type RandomNumbers = (limit: number) => number;

/**
 * Numbers that look random and are the same at every run with the same seed: a linear congruential generator (Knuth's
 * MMIX factors).
 */
export function repeatableRandomNumbers(seed = 1): RandomNumbers {
  let state = BigInt(seed);
  return (limit) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    // The high bits are the good ones.
    return Number(state >> 33n) % limit;
  };
}
