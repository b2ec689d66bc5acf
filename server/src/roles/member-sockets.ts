import type { RealtimeMessage, SessionId, UserId } from '@tintype/contract'
import type { Broadcast } from '../engines/broadcast/port.ts'
import {
  memberChannel,
  NEW_POSTS_CHANNEL,
  type NewPosts,
  UNREAD_CHANNEL,
  type UnreadChanged,
} from '../kit/member-channel.ts'

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

/** What members have not read of what they are told; every id asked gets an answer. */
export type CountUnread = (ids: readonly UserId[]) => Promise<Map<UserId, number>>

/** A socket that takes nothing any more while messages pile up is cut; the app connects again and fetches. */
const MAX_BUFFERED = 256 * 1024

interface Channel {
  connections: Set<Connection>
  subscription: Promise<AsyncDisposable>
}

/** The open sockets of this process by member; a member's channel is listened to while they have one open. */
export class MemberSockets {
  readonly #broadcast: Broadcast
  readonly #countUnread: CountUnread
  readonly #channels = new Map<UserId, Channel>()
  /** Members of open sockets whose badge is to be counted next. */
  #uncounted = new Set<UserId>()
  #counting = false

  constructor(broadcast: Broadcast, countUnread: CountUnread) {
    this.#broadcast = broadcast
    this.#countUnread = countUnread
  }

  /** Hears what goes to many members at once; their own channels are opened as they connect. */
  async listen(): Promise<AsyncDisposable> {
    const newPosts = await this.#broadcast.subscribe(NEW_POSTS_CHANNEL, (news) => {
      const { user_ids, count } = news as NewPosts
      const message: RealtimeMessage = { type: 'feed.new_posts', data: { count } }
      const text = JSON.stringify(message)
      for (const id of user_ids) this.#send(id, text)
    })
    const unread = await this.#broadcast.subscribe(UNREAD_CHANNEL, (news) => {
      for (const id of (news as UnreadChanged).user_ids) if (this.#channels.has(id)) this.#uncounted.add(id)
      void this.#tellUnread()
    })
    return {
      async [Symbol.asyncDispose]() {
        await newPosts[Symbol.asyncDispose]()
        await unread[Symbol.asyncDispose]()
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
  async #tellUnread(): Promise<void> {
    if (this.#counting) return
    this.#counting = true
    while (this.#uncounted.size > 0) {
      const ids = [...this.#uncounted]
      this.#uncounted = new Set()
      // An app that is not reached asks when it is opened; nothing waits for it here.
      const counts = await this.#countUnread(ids).catch(() => new Map<UserId, number>())
      for (const [id, count] of counts) {
        const message: RealtimeMessage = { type: 'notifications.unread', data: { count } }
        this.#send(id, JSON.stringify(message))
      }
    }
    this.#counting = false
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
