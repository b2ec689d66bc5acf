import { setTimeout } from 'node:timers/promises'
import type { RealtimeMessage, TopicName, UserId } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { within } from '../../kit/within.ts'
import type { Topic } from '../../modules/sockets.ts'
import type { Position } from './cursor.ts'
import { Ring } from './ring.ts'

/** A socket, as a topic sees it. */
export interface Guest {
  readonly user_id: UserId
  topics(): Iterable<TopicName>
  tell(message: RealtimeMessage, where: { topic: TopicName; seq?: number }): void
}

/** A guest's place in a room. They hear what is said once they are `live`. */
interface Place {
  isLive: boolean
  /** Undefined until it is known that they may be here. */
  restsOn: readonly string[] | undefined
}

type Job = { note: unknown } | { guest: Guest; after: number | undefined }

export interface RoomDeps {
  position: Position
  clock: Clock
  logger: Logger
}

/** Notes that wait, beyond which what is said is no longer whole and guests are told to fetch. */
const MOST_WAITING = 500
const PRESENT_MS = 10_000
/** Milliseconds of rest for each guest after something was said: many guests hear of many likes together. */
const REST_PER_GUEST = 0.2

/**
 * A topic that somebody has joined. Notes are presented one after the other, and joining is a job among them: so nobody hears a
 * note twice or misses one that came while they joined.
 */
export class Room {
  readonly name: TopicName
  readonly places = new Map<Guest, Place>()
  wasJoined = false
  readonly #topic: Topic
  readonly #id: never
  readonly #deps: RoomDeps
  readonly #ring: Ring<unknown>
  #jobs: Job[] = []
  #isBusy = false
  #isBroken = false

  constructor(topic: Topic, id: string, deps: RoomDeps) {
    this.#topic = topic
    this.#id = id as never
    this.#deps = deps
    this.name = `${topic.kind}:${id}`
    this.#ring = new Ring(deps.position.now)
  }

  /** Whether they may (still) be here; if not, they are put out. Rejects where that cannot be said now. */
  async ask(guest: Guest): Promise<boolean> {
    const place = this.places.get(guest)
    if (!place) return false
    const restsOn = await this.#topic.mayJoin(guest.user_id, this.#id)
    if (this.places.get(guest) !== place) return false
    place.restsOn = restsOn
    return restsOn !== undefined
  }

  restsOn(guest: Guest, ids: ReadonlySet<string>): boolean {
    const { restsOn } = this.places.get(guest) ?? {}
    return restsOn === undefined || restsOn.some((id) => ids.has(id))
  }

  /** Makes a guest live, who has a place. `after`: where they left off. */
  welcome(guest: Guest, after: number | undefined): void {
    this.wasJoined = true
    this.#add({ guest, after })
  }

  hear(note: unknown): void {
    this.#add({ note })
  }

  forget(): void {
    this.#ring.clear(this.#deps.position.now)
  }

  #add(job: Job): void {
    this.#jobs.push(job)
    if (this.#jobs.length > MOST_WAITING) {
      this.#jobs = this.#jobs.filter((waiting) => 'guest' in waiting)
      this.#isBroken = true
    }
    if (!this.#isBusy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#isBusy = true
    while (this.#jobs.length > 0) {
      const jobs = this.#jobs
      this.#jobs = []
      for (const job of this.#withoutRepeats(jobs)) await this.#do(job).catch((error) => this.#fail(error))
      if (this.#isBroken) this.#startOver()
      const rest = this.places.size * REST_PER_GUEST
      if (rest >= 1) await setTimeout(rest, undefined, { ref: false })
    }
    this.#isBusy = false
  }

  #do(job: Job): Promise<void> {
    return 'guest' in job ? this.#admit(job.guest, job.after) : this.#say(job.note)
  }

  /** Of notes with the same name the last. */
  #withoutRepeats(jobs: readonly Job[]): readonly Job[] {
    const nameOf = (job: Job) => ('note' in job ? this.#topic.nameOf?.(job.note as never) : undefined)
    const last = new Map<string, Job>()
    for (const job of jobs) {
      const name = nameOf(job)
      if (name !== undefined) last.set(name, job)
    }
    return jobs.filter((job) => {
      const name = nameOf(job)
      return name === undefined || last.get(name) === job
    })
  }

  async #say(note: unknown): Promise<void> {
    const { position, clock } = this.#deps
    const seq = position.next()
    this.#ring.push({ seq, at: clock.now(), bytes: 0, value: note })
    await this.#present(note, seq, this.#live())
  }

  async #admit(guest: Guest, after: number | undefined): Promise<void> {
    const place = this.places.get(guest)
    if (!place) return
    const { position, clock } = this.#deps
    const topic = this.name
    const missed = after === undefined ? undefined : this.#ring.since(after, clock.now())
    const seq = missed ? (after ?? position.now) : position.now
    guest.tell({ type: 'subscribed', data: { resumed: missed !== undefined } }, { topic, seq })
    place.isLive = true
    if (missed) for (const { value, seq } of missed) await this.#present(value, seq, [guest])
    else if (this.#topic.greeting !== undefined)
      await this.#present(this.#topic.greeting, position.now, [guest])
  }

  async #present(note: unknown, seq: number, guests: readonly Guest[]): Promise<void> {
    if (guests.length === 0) return
    const viewers = [...new Set(guests.map((guest) => guest.user_id))]
    const said = await within(PRESENT_MS, this.#topic.present(this.#id, note as never, viewers))
    for (const guest of guests) {
      const message = said.get(guest.user_id)
      if (message && this.places.get(guest)?.isLive) guest.tell(message, { topic: this.name, seq })
    }
  }

  #live(): Guest[] {
    return [...this.places].flatMap(([guest, { isLive }]) => (isLive ? [guest] : []))
  }

  #fail(error: unknown): void {
    this.#deps.logger.warn(
      { err: error, topic: this.name },
      'what was said in a topic could not be presented',
    )
    this.#isBroken = true
  }

  /** Something was lost: whoever is here fetches, and whoever comes back too. */
  #startOver(): void {
    this.#isBroken = false
    const { position } = this.#deps
    this.#ring.clear(position.now)
    for (const guest of this.#live())
      guest.tell({ type: 'subscribed', data: { resumed: false } }, { topic: this.name, seq: position.now })
  }
}
