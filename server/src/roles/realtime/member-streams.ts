import type { RealtimeMessage, RealtimeType, SessionId, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Clock } from '../../kit/clock.ts'
import {
  BADGE_CHANNEL,
  type BadgeChanged,
  MEMBERS_CHANNEL,
  memberChannel,
  type ToMembers,
} from '../../kit/member-channel.ts'
import type { Badge } from '../../modules/module.ts'
import type { Position } from './cursor.ts'
import { Lingering } from './lingering.ts'
import { Ring } from './ring.ts'

/** A message without its cursor, as JSON. */
export interface Said {
  type: RealtimeType
  text: string
}

/** An open app of a member's. */
export interface Listener {
  readonly user_id: UserId
  readonly session_id: SessionId
  say(said: Said, seq: number): void
}

/** What is said to one member: a process listens to it while they have a socket open here, and a while longer. */
interface Stream {
  listeners: Set<Listener>
  ring: Ring<Said>
  subscription: Promise<AsyncDisposable>
}

/** A badge, and the members of open sockets whose number is to be counted next. */
interface Counting {
  badge: Badge
  waiting: Set<UserId>
  isBusy: boolean
}

export interface MemberStreamsDeps {
  broadcast: Broadcast
  badges: readonly Badge[]
  position: Position
  clock: Clock
}

/** What is said to the members who have sockets open in this process. */
export class MemberStreams {
  readonly #deps: MemberStreamsDeps
  readonly #badges: Map<string, Counting>
  readonly #streams = new Map<UserId, Stream>()
  readonly #lingering: Lingering<UserId>

  constructor(deps: MemberStreamsDeps) {
    this.#deps = deps
    this.#badges = new Map(
      deps.badges.map((badge) => [badge.name, { badge, waiting: new Set(), isBusy: false }]),
    )
    this.#lingering = new Lingering(deps.clock, (userId) => this.#close(userId))
  }

  /** Hears what goes to many members at once; their own channels are opened as they connect. */
  async listen(): Promise<AsyncDisposable> {
    const { broadcast } = this.#deps
    await using opening = new AsyncDisposableStack()
    opening.use(
      await broadcast.subscribe(MEMBERS_CHANNEL, (news) => {
        for (const { user_ids, message } of news as readonly ToMembers[]) {
          const here = user_ids.filter((id) => this.#streams.has(id))
          if (here.length === 0) continue
          const said = saidOf(message)
          for (const id of here) this.#say(id, said)
        }
      }),
    )
    opening.use(
      await broadcast.subscribe(BADGE_CHANNEL, (news) => {
        const { badge, user_ids } = news as BadgeChanged
        const counting = this.#badges.get(badge)
        if (!counting) return
        for (const id of user_ids) if (this.#streams.has(id)) counting.waiting.add(id)
        void this.#tellBadge(counting)
      }),
    )
    return opening.move()
  }

  /** Resolves when what is said to the member from now on is heard here. */
  async open(userId: UserId): Promise<void> {
    const stream = this.#streams.get(userId) ?? this.#begin(userId)
    // Nobody listens yet, and perhaps nobody will.
    if (stream.listeners.size === 0) this.#lingering.left(userId)
    await stream.subscription
  }

  count(userId: UserId): number {
    return this.#streams.get(userId)?.listeners.size ?? 0
  }

  /** Answers what was missed since `after`, in order; undefined where that is not known. From now on the listener hears all. */
  add(listener: Listener, after: number | undefined): { seq: number; value: Said }[] | undefined {
    const { user_id } = listener
    const stream = this.#streams.get(user_id) ?? this.#begin(user_id)
    this.#lingering.back(user_id)
    stream.listeners.add(listener)
    return after === undefined ? undefined : stream.ring.since(after, this.#deps.clock.now())
  }

  remove(listener: Listener): void {
    const stream = this.#streams.get(listener.user_id)
    if (stream?.listeners.delete(listener) && stream.listeners.size === 0)
      this.#lingering.left(listener.user_id)
  }

  of(userId: UserId): ReadonlySet<Listener> {
    return this.#streams.get(userId)?.listeners ?? new Set()
  }

  sweep(): void {
    this.#lingering.sweep()
  }

  /** News may have been missed: nobody can go on from what is kept. */
  forget(): void {
    for (const { ring } of this.#streams.values()) ring.clear(this.#deps.position.now)
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
        this.#say(id, saidOf({ type: counting.badge.name, data: { count } } as RealtimeMessage))
    }
    counting.isBusy = false
  }

  #begin(userId: UserId): Stream {
    const subscription = this.#deps.broadcast.subscribe(memberChannel(userId), (message) =>
      this.#say(userId, saidOf(message as RealtimeMessage)),
    )
    const stream = {
      listeners: new Set<Listener>(),
      ring: new Ring<Said>(this.#deps.position.now),
      subscription,
    }
    this.#streams.set(userId, stream)
    // A failed subscription is told to those who wait for it, and tried again by the next who connects.
    subscription.catch(() => this.#streams.get(userId) === stream && this.#streams.delete(userId))
    return stream
  }

  #close(userId: UserId): void {
    const stream = this.#streams.get(userId)
    if (!stream || stream.listeners.size > 0) return
    this.#streams.delete(userId)
    void stream.subscription.then((subscription) => subscription[Symbol.asyncDispose]()).catch(() => {})
  }

  #say(userId: UserId, said: Said): void {
    const stream = this.#streams.get(userId)
    if (!stream) return
    const seq = this.#deps.position.next()
    stream.ring.push({ seq, at: this.#deps.clock.now(), bytes: said.text.length, value: said })
    for (const listener of stream.listeners) listener.say(said, seq)
  }
}

const saidOf = (message: RealtimeMessage): Said => ({ type: message.type, text: JSON.stringify(message) })
