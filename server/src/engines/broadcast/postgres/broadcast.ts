import { TintypeError } from '@tintype/contract'
import { within } from '../../../kit/within.ts'
import { type Sql, statement } from '../../db/port.ts'
import type { Broadcast } from '../port.ts'
import { Pulse } from './pulse.ts'
import { openWire } from './wire.ts'

const channelName = 'tintype_broadcast'
/** A message takes milliseconds; whoever publishes waits no longer than this. */
const PUBLISH_MS = 2000

const notify = statement(`
  select set_config('synchronous_commit', 'off', true), pg_notify($1, payload)
  from unnest($2::text[]) with ordinality as batch (payload, position) order by position`)

type Handler = (message: unknown) => void

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
export async function openPostgresBroadcast({ db, onError }: PostgresBroadcastOptions): Promise<Broadcast> {
  const handlers = new Map<string, Set<Handler>>()
  const gapHandlers: (() => void)[] = []
  const before: (() => void)[] = []
  const wire = openWire()
  const outbox = openOutbox(db.handle)

  const guarded = (call: () => void) => {
    try {
      call()
    } catch (error) {
      onError(error)
    }
  }
  const deliver = (channel: string, message: unknown) => {
    for (const handler of handlers.get(channel) ?? []) guarded(() => handler(message))
  }
  const tellGap = () => {
    for (const handler of gapHandlers) guarded(handler)
  }
  const pulse = new Pulse({ beat: () => outbox.send(wire.pieces(JSON.stringify(['']))), onSilence: tellGap })
  const receive = (payload: string) =>
    guarded(() => {
      if (wire.isOwn(payload)) return pulse.heard()
      const text = wire.accept(payload)
      if (text === undefined) return
      const [channel, message] = JSON.parse(text)
      deliver(channel, message)
    })
  const listening = await db.listen(channelName, receive, () => {
    wire.reset()
    tellGap()
  })
  pulse.start()

  return {
    get isHearing() {
      return pulse.isHearing
    },
    async publish(channel, message) {
      const text = JSON.stringify([channel, message])
      for (const run of before) guarded(run)
      deliver(channel, message)
      await outbox.send(wire.pieces(text))
    },
    async subscribe(channel, handler) {
      const own: Handler = (message) => handler(message)
      const subscribed = handlers.get(channel) ?? new Set()
      handlers.set(channel, subscribed.add(own))
      return {
        async [Symbol.asyncDispose]() {
          subscribed.delete(own)
          if (subscribed.size === 0 && handlers.get(channel) === subscribed) handlers.delete(channel)
        },
      }
    },
    beforePublish(run) {
      before.push(run)
    },
    onGap(handler) {
      gapHandlers.push(handler)
    },
    ping: () => db.ping(),
    async [Symbol.asyncDispose]() {
      handlers.clear()
      pulse.stop()
      await outbox.close()
      await listening[Symbol.asyncDispose]()
    },
  }
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
