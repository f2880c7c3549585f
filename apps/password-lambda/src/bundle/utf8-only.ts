/**
 * Takes the place of `iconv-lite` in the bundle: half a megabyte of tables for other encodings than UTF-8, in which
 * `connect` never speaks. The driver asks for one only where a server answers in it.
 */
function refuse(): never {
  throw new Error('The server answers in another encoding than UTF-8, which was not asked for.');
}

export const decode = refuse;
export const encode = refuse;
export const getDecoder = refuse;
export const getEncoder = refuse;
export const encodingExists = (): boolean => false;
