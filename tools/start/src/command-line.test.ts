import { parseStartOptions } from './command-line.ts';

const parse = (...words: string[]) => parseStartOptions(words, '/work space');

describe('npm start', () => {
  it('takes port 4566, keeps nothing and starts no database unless asked to', () => {
    expect(parse()).toEqual({ port: 4566, keepFolder: undefined, database: false });
  });

  it.each([
    [['--port', '4600'], { port: 4600 }],
    [['--port=0'], { port: 0 }],
    [['--database'], { database: true }],
    [['--keep'], { keepFolder: '/work space/.local-cloud' }],
    [['--keep', '--database'], { keepFolder: '/work space/.local-cloud', database: true }],
    [['--keep', 'kept'], { keepFolder: 'kept' }],
    [['--keep=/tmp/kept', '--port', '1'], { keepFolder: '/tmp/kept', port: 1 }],
  ])('takes %j', (words, options) => {
    expect(parse(...words)).toMatchObject(options);
  });

  it.each([
    [['--port'], '--port  is no port number from 0 to 65535.'],
    [['--port', '65536'], '--port 65536 is no port number'],
    [['--port', '-1'], '--port -1 is no port number'],
    [['--databases'], 'npm start does not know --databases.'],
    [['x'], 'npm start does not know x.'],
  ])('refuses %j and says how it is called', (words, message) => {
    expect(() => parse(...words)).toThrow(message);
    expect(() => parse(...words)).toThrow('Usage: npm start -- [--port N] [--database] [--keep [FOLDER]]');
  });
});
