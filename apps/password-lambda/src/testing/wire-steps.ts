import { Socket } from 'node:net';

/** The part of Node's socket that everything sent goes through, alone or together with more. */
interface SendingSocket extends Socket {
  _writeGeneric(isMany: boolean, data: unknown, encoding: string, callback: () => void): void;
}

/** Bytes of a MySQL packet before its payload; the fourth counts the packets of one exchange. */
const PACKET_HEADER_BYTES = 4;

/** COM_QUERY, for MySQL the number of its attributes (none, in one set), and the first two words. */
// eslint-disable-next-line no-control-regex -- bytes of a protocol
const SQL_BEGINS = /^\x03(?:\0\x01)?(\w+ [\w*@]+)/;

/**
 * Calls `onStep` before anything at all is sent over the network, by any client, so that no step can be forgotten.
 * Where it says false, nothing is sent, and the sender waits for ever. For a process of its own: there is no way back.
 */
export function watchWireSteps(onStep: (label: string) => boolean): void {
  const prototype = Socket.prototype as SendingSocket;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its socket below
  const send = prototype._writeGeneric;
  prototype._writeGeneric = function (this: SendingSocket, isMany, data, encoding, callback) {
    // What is sent while connecting comes here again once that is done. A pipe has no port.
    const isStep = !this.connecting && this.remotePort !== undefined;
    if (isStep && !onStep(labelOf(bytesOf(isMany, data)))) return;
    send.call(this, isMany, data, encoding, callback);
  };
}

function bytesOf(isMany: boolean, data: unknown): Buffer {
  const chunks = isMany ? (data as { chunk: Buffer | string }[]).map(({ chunk }) => chunk) : [data as Buffer | string];
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string)));
}

/** `PutParameter`, `ALTER USER`, or `login` for what is sent while logging in. Never a password. */
function labelOf(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const operation = /x-amz-target: AmazonSSM\.(\w+)/i.exec(text)?.[1];
  if (operation !== undefined) return operation;
  if (bytes[3] !== 0) return 'login';
  const words = SQL_BEGINS.exec(text.slice(PACKET_HEADER_BYTES))?.[1];
  return words ?? 'other';
}
