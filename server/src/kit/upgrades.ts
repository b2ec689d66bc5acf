import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'

const shared = new WeakMap<object, Map<string, EventEmitter>>()

/**
 * The upgrades of a server to paths that begin so, for one of several WebSocket servers on it: each of them takes all that it hears of.
 * What none of these paths is for goes to the first, to be refused there.
 */
export function upgradesTo(server: object, prefix: string): Server {
  const known = shared.get(server)
  const byPrefix = known ?? new Map<string, EventEmitter>()
  const mine = byPrefix.get(prefix) ?? new EventEmitter()
  byPrefix.set(prefix, mine)
  if (!known) {
    shared.set(server, byPrefix)
    const listening = server as EventEmitter
    listening.on('upgrade', (request: IncomingMessage, ...rest: unknown[]) => {
      const path = request.url ?? ''
      const found = [...byPrefix].find(([begin]) => path.startsWith(begin))
      const [first] = byPrefix.values()
      ;(found?.[1] ?? first)?.emit('upgrade', request, ...rest)
    })
  }
  return mine as unknown as Server
}
