import type { SessionId, UserId } from '@tintype/contract'
import type { Broadcast } from '../engines/broadcast/port.ts'
import {
  BADGE_CHANNEL,
  type BadgeChanged,
  MEMBERS_CHANNEL,
  memberChannel,
  type ToMembers,
} from '../kit/member-channel.ts'
import type { Badge } from '../modules/module.ts'

/** What is needed of a socket. */
export interface Wire {
  readonly bufferedAmount: number
  send(text: string): void
  close(code: number, reason: string): void
  terminate(): void
}

/** An open app of a member's. */
export interface Connection {
  user_id: UserId
  session_id: SessionId
  wire: Wire
}

/** A socket that takes nothing any more while messages pile up is cut; the app connects again and fetches. */
const MAX_BUFFERED = 256 * 1024

interface Channel {
  connections: Set<Connection>
  subscription: Promise<AsyncDisposable>
}

/** A badge, and the members of open sockets whose number is to be counted next. */
interface Counting {
  badge: Badge
  waiting: Set<UserId>
  isBusy: boolean
}

/** The open sockets of this process by member; a member's channel is listened to while they have one open. */
export class MemberSockets {
  readonly #broadcast: Broadcast
  readonly #badges: Map<string, Counting>
  readonly #channels = new Map<UserId, Channel>()

  constructor(broadcast: Broadcast, badges: readonly Badge[]) {
    this.#broadcast = broadcast
    this.#badges = new Map(badges.map((badge) => [badge.name, { badge, waiting: new Set(), isBusy: false }]))
  }

  /** Hears what goes to many members at once; their own channels are opened as they connect. */
  async listen(): Promise<AsyncDisposable> {
    const messages = await this.#broadcast.subscribe(MEMBERS_CHANNEL, (news) => {
      const { user_ids, message } = news as ToMembers
      const text = JSON.stringify(message)
      for (const id of user_ids) this.#send(id, text)
    })
    const badges = await this.#broadcast.subscribe(BADGE_CHANNEL, (news) => {
      const { badge, user_ids } = news as BadgeChanged
      const counting = this.#badges.get(badge)
      if (!counting) return
      for (const id of user_ids) if (this.#channels.has(id)) counting.waiting.add(id)
      void this.#tellBadge(counting)
    })
    return {
      async [Symbol.asyncDispose]() {
        await messages[Symbol.asyncDispose]()
        await badges[Symbol.asyncDispose]()
      },
    }
  }

  /** Resolves when what is told to the member from now on reaches the socket. */
  async add(connection: Connection): Promise<void> {
    const { user_id } = connection
    const channel = this.#channels.get(user_id) ?? this.#open(user_id)
    channel.connections.add(connection)
    await channel.subscription
  }

  async remove(connection: Connection): Promise<void> {
    const channel = this.#channels.get(connection.user_id)
    if (!channel?.connections.delete(connection) || channel.connections.size > 0) return
    this.#channels.delete(connection.user_id)
    const subscription = await channel.subscription.catch(() => undefined)
    await subscription?.[Symbol.asyncDispose]()
  }

  closeSessions(ended: readonly SessionId[], code: number, reason: string): void {
    const gone = new Set(ended)
    for (const { connections } of this.#channels.values())
      for (const { session_id, wire } of connections) if (gone.has(session_id)) wire.close(code, reason)
  }

  /** One count at a time, so that an older one never follows a newer one; what changes meanwhile is counted together after it. */
  async #tellBadge(counting: Counting): Promise<void> {
    if (counting.isBusy) return
    counting.isBusy = true
    while (counting.waiting.size > 0) {
      const ids = [...counting.waiting]
      counting.waiting.clear()
      // An app that is not reached asks when it is opened; nothing waits for it here.
      const counts = await counting.badge.count(ids).catch(() => new Map<UserId, number>())
      for (const [id, count] of counts)
        this.#send(id, JSON.stringify({ type: counting.badge.name, data: { count } }))
    }
    counting.isBusy = false
  }

  #open(userId: UserId): Channel {
    const connections = new Set<Connection>()
    const subscription = this.#broadcast.subscribe(memberChannel(userId), (message) =>
      this.#send(userId, JSON.stringify(message)),
    )
    const channel = { connections, subscription }
    this.#channels.set(userId, channel)
    // A failed subscription is told to those who wait for it, and tried again by the next who connects.
    subscription.catch(() => this.#channels.get(userId) === channel && this.#channels.delete(userId))
    return channel
  }

  #send(userId: UserId, text: string): void {
    for (const { wire } of this.#channels.get(userId)?.connections ?? []) {
      if (wire.bufferedAmount > MAX_BUFFERED) wire.terminate()
      else wire.send(text)
    }
  }
}
