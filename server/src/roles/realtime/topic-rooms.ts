import {
  topics as declared,
  type ErrorCode,
  TintypeError,
  type TopicName,
  type TSchema,
} from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { valid } from '../../gateway/validation.ts'
import { RECHECK_CHANNEL, type Recheck, type TopicNote, topicChannel } from '../../kit/topic-channel.ts'
import type { Topic } from '../../modules/sockets.ts'
import { Lingering } from './lingering.ts'
import { type Guest, Room, type RoomDeps } from './room.ts'

export interface TopicRoomsDeps extends RoomDeps {
  topics: readonly Topic[]
  broadcast: Broadcast
  /** The sockets of a member in this process. */
  guestsOf(member: Guest['user_id']): Iterable<Guest>
  /** They are not in it any more. */
  onPutOut(guest: Guest, topic: TopicName, code: ErrorCode): void
}

interface Kind {
  topic: Topic
  isId(id: unknown): boolean
}

/** The topics that sockets of this process have joined. */
export class TopicRooms {
  readonly #deps: TopicRoomsDeps
  readonly #kinds: Map<string, Kind>
  readonly #rooms = new Map<string, Room>()
  readonly #lingering: Lingering<string>
  /** Asked of by facts since the last sweep: asked once more then, for what a process remembered a moment too long. */
  readonly #doubtful = new Set<Room>()

  constructor(deps: TopicRoomsDeps) {
    this.#deps = deps
    const ids: Readonly<Record<string, { id: TSchema }>> = declared
    this.#kinds = new Map(
      deps.topics.map((topic) => [topic.kind, { topic, isId: valid(ids[topic.kind]?.id ?? {}) }]),
    )
    this.#lingering = new Lingering(deps.clock, (name) => this.#close(name))
  }

  async listen(): Promise<AsyncDisposable> {
    const { broadcast } = this.#deps
    await using opening = new AsyncDisposableStack()
    for (const { topic } of this.#kinds.values())
      opening.use(
        await broadcast.subscribe(topicChannel(topic.kind), (news) => {
          for (const { id, note } of news as TopicNote[]) this.#rooms.get(`${topic.kind}:${id}`)?.hear(note)
        }),
      )
    opening.use(await broadcast.subscribe(RECHECK_CHANNEL, (news) => void this.#recheck(news as Recheck[])))
    return opening.move()
  }

  /** Resolves when they are on their way in, and will be told; rejects with `not_found` where they may not be. */
  async join(guest: Guest, name: TopicName, after: number | undefined): Promise<void> {
    const [kind, id] = partsOf(name)
    const known = this.#kinds.get(kind)
    if (!known?.isId(id)) throw new TintypeError('not_found')
    const room = this.#rooms.get(name) ?? new Room(known.topic, id, this.#deps)
    this.#rooms.set(name, room)
    room.places.set(guest, { isLive: false, restsOn: undefined })
    try {
      if (!(await room.ask(guest))) throw new TintypeError('not_found')
    } catch (error) {
      this.leave(guest, name)
      throw error
    }
    this.#lingering.back(name)
    room.welcome(guest, after)
  }

  leave(guest: Guest, name: TopicName): void {
    const room = this.#rooms.get(name)
    if (!room?.places.delete(guest) || room.places.size > 0) return
    // What nobody could join is not kept.
    if (room.wasJoined) this.#lingering.left(name)
    else this.#rooms.delete(name)
  }

  /** News may have been missed: nobody can go on from what is kept, and all are asked again whether they may be where they are. */
  forget(): void {
    for (const room of this.#rooms.values()) room.forget()
    this.#askAll(this.#rooms.values())
  }

  sweep(): void {
    this.#lingering.sweep()
    const rooms = [...this.#doubtful]
    this.#doubtful.clear()
    this.#askAll(rooms)
  }

  #recheck(all: readonly Recheck[]): void {
    const members = new Set(all.flatMap((asked) => asked.members ?? []))
    const ids = new Set(all.flatMap((asked) => asked.restingOn ?? []))
    for (const member of members)
      for (const guest of this.#deps.guestsOf(member))
        for (const name of guest.topics()) this.#askAgain(name, guest)
    if (ids.size === 0) return
    for (const room of this.#rooms.values())
      for (const guest of room.places.keys()) if (room.restsOn(guest, ids)) this.#askAgain(room.name, guest)
  }

  #askAgain(name: TopicName, guest: Guest): void {
    const room = this.#rooms.get(name)
    if (!room) return
    this.#doubtful.add(room)
    void this.#ask(room, guest)
  }

  #askAll(rooms: Iterable<Room>): void {
    for (const room of rooms) for (const guest of room.places.keys()) void this.#ask(room, guest)
  }

  async #ask(room: Room, guest: Guest): Promise<void> {
    try {
      if ((await room.ask(guest)) || !room.places.has(guest)) return
    } catch {
      // It cannot be said now: with the next sweep, then.
      this.#doubtful.add(room)
      return
    }
    this.leave(guest, room.name)
    this.#deps.onPutOut(guest, room.name, 'not_found')
  }

  #close(name: string): void {
    if (this.#rooms.get(name)?.places.size === 0) this.#rooms.delete(name)
  }
}

function partsOf(name: string): [kind: string, id: string] {
  const at = name.indexOf(':')
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)]
}
