// Tracks the recorder's processes by their connections to the store. A process with a connection is alive.
import type { Socket } from 'node:net';
import type { Random } from '../../local/demo/random.ts';
import type { ProxiedCall } from './fault-proxy.ts';

export class RecorderProcesses {
  readonly #sockets = new Map<number, Set<Socket>>();

  /**
   * Stores which process a connection belongs to. The recorder's user agent contains its process id
   * (recorder-preload.ts).
   */
  see({ userAgent, socket }: Pick<ProxiedCall, 'userAgent' | 'socket'>): number | undefined {
    const digits = /\bapp\/pid-(\d+)/.exec(userAgent)?.[1];
    if (digits === undefined) return undefined;
    const pid = Number(digits);
    const sockets = this.#sockets.get(pid) ?? new Set();
    this.#sockets.set(pid, sockets);
    if (sockets.has(socket)) return pid;
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) this.#sockets.delete(pid);
    });
    return pid;
  }

  /** Kills one of the processes. Returns whether there was one. */
  killOne(random: Random): boolean {
    const pids = [...this.#sockets.keys()];
    return pids.length > 0 && this.kill(random.pick(pids));
  }

  /** Suspends one of the processes in the middle of its work, so that it times out. Returns whether there was one. */
  freezeOne(random: Random): boolean {
    const pids = [...this.#sockets.keys()];
    return pids.length > 0 && this.#signal(random.pick(pids), 'SIGSTOP');
  }

  killAll(): number {
    return [...this.#sockets.keys()].filter((pid) => this.kill(pid)).length;
  }

  /** Ends a process immediately, like a crash of its machine. */
  kill(pid: number): boolean {
    this.#sockets.delete(pid);
    return this.#signal(pid, 'SIGKILL');
  }

  #signal(pid: number, signal: NodeJS.Signals): boolean {
    try {
      return process.kill(pid, signal);
    } catch {
      return false;
    }
  }
}
