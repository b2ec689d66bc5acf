import type { Duplex } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

/** Looked at without a pause. */
const AT_ONCE = 1000

/** Connections that were upgraded: they stay open for hours, while who is let in changes. */
export class OpenSockets {
  readonly #addresses = new Map<Duplex, string>()

  add(socket: Duplex, address: string): void {
    if (!this.#addresses.has(socket)) socket.once('close', () => this.#addresses.delete(socket))
    this.#addresses.set(socket, address)
  }

  async cut(isDenied: (address: string) => boolean): Promise<void> {
    let looked = 0
    for (const [socket, address] of this.#addresses) {
      if (isDenied(address)) socket.destroy()
      if (++looked % AT_ONCE === 0) await setImmediate()
    }
  }
}
