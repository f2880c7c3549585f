/** A test that prints has either a bug or a missing assertion: fail it, with the words it printed. */
const { format } = require('node:util');

for (const method of ['log', 'info', 'warn', 'error', 'debug']) {
  const printed = [];
  beforeEach(() => {
    printed.length = 0;
    jest.spyOn(console, method).mockImplementation((...words) => void printed.push(format(...words)));
  });
  afterEach(() => {
    console[method].mockRestore?.();
    if (printed.length > 0) throw new Error(`console.${method} was called: ${printed.join('\n')}`);
  });
}
