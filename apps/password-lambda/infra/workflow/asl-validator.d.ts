declare module 'asl-validator' {
  /** Checks a definition of the States Language; it writes `QueryLanguage` into the states it is given. */
  function aslValidator(
    definition: object,
    options?: { checkPaths: boolean; checkArn: boolean },
  ): { isValid: boolean; errorsText: (separator?: string) => string };
  export = aslValidator;
}
