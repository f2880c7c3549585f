// Run by Rhino, not by Node: as API Gateway's validator tests a pattern, for each [pattern, text] of a file of JSON.
/* global print, readFile, arguments */
print(
  JSON.stringify(
    JSON.parse(readFile(arguments[0])).map(function (one) {
      return new RegExp(one[0]).test(one[1]);
    }),
  ),
);
