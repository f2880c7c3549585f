declare module 'asl-validator' {
  /** Checks a definition of the States Language. */
  function aslValidator(definition: object): { isValid: boolean; errorsText: (separator?: string) => string };
  export = aslValidator;
}
