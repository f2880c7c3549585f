import { PassThrough } from 'node:stream';
import { openPrompts, type Prompts } from './prompts.ts';

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const UP = '\x1b[A';
const BACKSPACE = '\x7f';

const withoutCursorMoves = (text: string): string => text.replaceAll(new RegExp(String.raw`\u001b\[\d*[A-Z]`, 'g'), '');

let keyboard: PassThrough;
let prompts: Prompts;
let shown: string;

beforeEach(() => {
  keyboard = new PassThrough();
  const screen = new PassThrough();
  shown = '';
  screen.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  prompts = openPrompts(keyboard, screen);
});
afterEach(() => prompts.close());

describe('a hidden question', () => {
  it('shows nothing of the answer', async () => {
    const answer = prompts.askHidden('password: ');
    keyboard.write(`s3crex${BACKSPACE}t\r`);

    await expect(answer).resolves.toBe('s3cret');
    expect(withoutCursorMoves(shown)).toBe('password: \n');
  });

  it('hides what is pasted ahead of it', async () => {
    keyboard.write('s3cret\rs3cret\r');

    await expect(prompts.askHidden('password: ')).resolves.toBe('s3cret');
    await expect(prompts.askHidden('again: ')).resolves.toBe('s3cret');
    expect(withoutCursorMoves(shown)).not.toContain('3');
  });

  it('leaves no trace in the history of the next question', async () => {
    const secret = prompts.askHidden('password: ');
    keyboard.write('s3cret\r');
    await secret;

    const host = prompts.ask('host: ');
    keyboard.write(`${UP}db.example.com\r`);

    await expect(host).resolves.toBe('db.example.com');
    expect(shown).not.toContain('s3cret');
  });
});

describe('a question', () => {
  it('shows what is typed', async () => {
    const answer = prompts.ask('host: ');
    keyboard.write('db\r');

    await expect(answer).resolves.toBe('db');
    expect(shown).toContain('db');
  });

  it.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('is ended by %s', async (_what, key) => {
    const answer = prompts.askHidden('password: ');
    keyboard.write(key);

    await expect(answer).rejects.toThrow('Stopped: nothing was written.');
  });
});
