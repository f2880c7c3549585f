/**
 * What one file of tests left open: servers that listen, processes that run, connections. Node announces each of them
 * when it is made (https://nodejs.org/api/diagnostics_channel.html#built-in-channels), so no test has to report it.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** How often an end is looked for, in ms. */
const LOOK_EVERY_MS = 20;

/** What a process has to end in after SIGTERM, in ms; a database server writes its files to disk. */
const STOP_WITHIN_MS = 10_000;

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/**
 * Whether Node waits for it: a server or process with `unref()` keeps no run alive, as the plugin workers of Nx. Node has
 * no public question for that.
 *
 * @param {object} opened
 */
const isWaitedFor = (opened) => /** @type {any} */ (opened)._handle?.hasRef?.() !== false;

/** @param {ChildProcess} child */
const runs = (child) =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null && isWaitedFor(child);

/** @param {() => boolean} ended @param {number} forMs */
async function waitUntil(ended, forMs) {
  const giveUpAt = performance.now() + forMs;
  while (!ended() && performance.now() < giveUpAt) await delay(LOOK_EVERY_MS);
}

/**
 * Keeps what was opened until it has ended; a file may open a hundred thousand connections.
 *
 * @template {import('node:events').EventEmitter} Opened
 * @param {string} end
 * @param {Opened} opened
 * @param {Set<Opened>} open
 */
function until(end, opened, open) {
  open.add(opened);
  opened.once(end, () => open.delete(opened));
}

/** Notes what is opened from its making until `end`. */
export class LeftOpen {
  /** @type {Set<import('node:net').Server>} */
  #servers = new Set();
  /** @type {Set<ChildProcess>} */
  #children = new Set();
  /** @type {Set<import('node:net').Socket>} */
  #connections = new Set();

  /** @type {[string, (message: any) => void][]} */
  #channels = [
    ['tracing:net.server.listen:asyncStart', ({ server }) => until('close', server, this.#servers)],
    ['child_process', ({ process }) => until('exit', process, this.#children)],
    ['net.client.socket', ({ socket }) => until('close', socket, this.#connections)],
  ];

  constructor() {
    for (const [channel, note] of this.#channels) subscribe(channel, note);
  }

  /** What is open now, in words. */
  get words() {
    const servers = [...this.#servers].filter((server) => server.listening && isWaitedFor(server));
    return [
      ...servers.map((server) => `a server on ${JSON.stringify(server.address())}`),
      ...[...this.#children].filter(runs).map(({ pid, spawnfile }) => `the process ${String(pid)} (${spawnfile})`),
    ];
  }

  /**
   * Closes what is still open after `graceMs`, and says what that was. A connection is closed without a word: a client
   * may keep one for its next call.
   *
   * @param {number} graceMs what ends by itself in this time was not left open
   * @returns {Promise<string[]>}
   */
  async end(graceMs) {
    for (const [channel, note] of this.#channels) unsubscribe(channel, note);
    await waitUntil(() => this.words.length === 0, graceMs);
    const left = this.words;
    for (const connection of this.#connections) connection.destroy();
    for (const server of this.#servers) {
      server.close();
      if ('closeAllConnections' in server) /** @type {import('node:http').Server} */ (server).closeAllConnections();
    }
    const children = [...this.#children].filter(runs);
    for (const child of children) child.kill('SIGTERM');
    await waitUntil(() => !children.some(runs), STOP_WITHIN_MS);
    for (const child of children.filter(runs)) child.kill('SIGKILL');
    return left;
  }
}
