import { within } from '../../kit/within.ts'
import type { Broadcast } from './port.ts'
import { Pulse } from './pulse.ts'

/** A message takes milliseconds; whoever publishes waits no longer than this. */
export const PUBLISH_MS = 2000

/** Takes texts from this process to all others, in order. */
export interface Carrier extends AsyncDisposable {
  /** Rejects with `unavailable` where the others may not get it. */
  send(text: string): Promise<void>
  /** Nothing of this process's own came back lately. */
  onSilence(): void
  ping(): Promise<void>
}

/** What a carrier says to the process it is in. */
export interface Receiver {
  /** A text of another process. */
  receive(text: string): void
  /** One of this process's own came back. */
  heardOwn(): void
  /** Some may have been missed. */
  gap(): void
}

export interface OverOptions {
  carry(receiver: Receiver): Promise<Carrier>
  /** Told when a subscriber throws; the others get the message all the same. */
  onError(error: unknown): void
}

type Handler = (message: unknown) => void

/** Broadcast by delivery in this process at once, and by a carrier to all others. */
export async function broadcastOver({ carry, onError }: OverOptions): Promise<Broadcast> {
  const handlers = new Map<string, Set<Handler>>()
  const gapHandlers: (() => void)[] = []
  const before: (() => void)[] = []

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
  const pulse = new Pulse({
    beat: () => carrier.send(JSON.stringify([''])),
    onSilence() {
      carrier.onSilence()
      tellGap()
    },
  })
  const carrier = await carry({
    receive: (text) =>
      guarded(() => {
        const [channel, message] = JSON.parse(text)
        deliver(channel, message)
      }),
    heardOwn: () => pulse.heard(),
    gap: tellGap,
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
      await carrier.send(text)
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
    ping: () => within(PUBLISH_MS, carrier.ping()),
    async [Symbol.asyncDispose]() {
      handlers.clear()
      pulse.stop()
      await carrier[Symbol.asyncDispose]()
    },
  }
}
