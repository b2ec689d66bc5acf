import { TintypeError } from '@tintype/contract'
import { within } from '../../../kit/within.ts'
import { type Sql, statement } from '../../db/port.ts'
import { broadcastOver, PUBLISH_MS } from '../over.ts'
import type { Broadcast } from '../port.ts'
import { openWire } from './wire.ts'

const channelName = 'tintype_broadcast'

const notify = statement(`
  select set_config('synchronous_commit', 'off', true), pg_notify($1, payload)
  from unnest($2::text[]) with ordinality as batch (payload, position) order by position`)

/** What of the database on PostgreSQL is needed here. */
interface Notifier {
  handle: Sql
  listen(channel: string, handler: (payload: string) => void, onGap: () => void): Promise<AsyncDisposable>
  ping(): Promise<void>
}

export interface PostgresBroadcastOptions {
  db: Notifier
  /** Told when a subscriber throws; the others get the message all the same. */
  onError(error: unknown): void
}

/** Broadcast by delivery in this process at once and NOTIFY to all others. */
export function openPostgresBroadcast({ db, onError }: PostgresBroadcastOptions): Promise<Broadcast> {
  return broadcastOver({
    onError,
    async carry(receiver) {
      const wire = openWire()
      const outbox = openOutbox(db.handle)
      const receive = (payload: string) => {
        if (wire.isOwn(payload)) return receiver.heardOwn()
        const text = wire.accept(payload)
        if (text !== undefined) receiver.receive(text)
      }
      const listening = await db.listen(channelName, receive, () => {
        wire.reset()
        receiver.gap()
      })
      return {
        send: (text) => outbox.send(wire.pieces(text)),
        // The database's own connection looks after itself.
        onSilence: () => {},
        ping: () => db.ping(),
        async [Symbol.asyncDispose]() {
          await outbox.close()
          await listening[Symbol.asyncDispose]()
        },
      }
    },
  })
}

/**
 * Sends what has come together while the last batch was on its way as one statement: every NOTIFY takes a lock that
 * all of the server's notifying transactions share until they commit, so few and quick ones are wanted. They need not wait for
 * the disk either: a message is not to survive a crash.
 */
function openOutbox(handle: Sql) {
  let waiting: string[] = []
  let next: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()
  let closed = false

  const flush = async () => {
    const batch = waiting
    waiting = []
    next = undefined
    // The next batch does not wait for ever for this one.
    await within(PUBLISH_MS, notify(handle, channelName, batch))
  }
  return {
    async send(payloads: string[]): Promise<void> {
      if (closed) throw new TintypeError('unavailable')
      waiting.push(...payloads)
      next ??= last.then(flush)
      last = next.catch(() => {})
      try {
        await within(PUBLISH_MS, next)
      } catch (cause) {
        throw new TintypeError('unavailable', { cause })
      }
    },
    async close(): Promise<void> {
      closed = true
      await last
    },
  }
}
