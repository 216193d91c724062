// The recorder's processes as the storm knows them: by their connections to the store. A process that has one is alive.
import type { Socket } from 'node:net';
import type { Random } from '../../local/demo/random.ts';
import type { ProxiedCall } from './fault-proxy.ts';

export class RecorderProcesses {
  readonly #sockets = new Map<number, Set<Socket>>();

  /** Remembers whose connection it is. The recorder's user agent carries its process id (recorder-preload.ts). */
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

  /** Kills one of them; whether there was one. */
  killOne(random: Random): boolean {
    const pids = [...this.#sockets.keys()];
    return pids.length > 0 && this.kill(random.pick(pids));
  }

  /** Stops one of them in the middle of what it does, so that it times out; whether there was one. */
  freezeOne(random: Random): boolean {
    const pids = [...this.#sockets.keys()];
    return pids.length > 0 && this.#signal(random.pick(pids), 'SIGSTOP');
  }

  killAll(): number {
    return [...this.#sockets.keys()].filter((pid) => this.kill(pid)).length;
  }

  /** Ends a process at once, as a crash of its machine would. */
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
