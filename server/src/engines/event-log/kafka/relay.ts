import { gather } from '../../../kit/gather.ts'
import type { Sql } from '../../db/port.ts'
import type { KafkaTopic, NewRecord } from '../../kafka/port.ts'
import type { Collected, Member } from '../postgres/group.ts'
import { OutboxReader } from '../postgres/outbox-reader.ts'
import { at, type Position } from '../postgres/rows.ts'
import type { Piece } from '../postgres/share-reader.ts'
import { endOf, isAhead } from './ends.ts'
import { recordOfMark, recordsOf } from './told.ts'

export interface RelayOptions {
  db: Sql
  topic: KafkaTopic
  touch(): void
  onError(error: unknown): void
}

/** Milliseconds. */
const AFTER_ERROR = 500
/** Of one partition's part of a request. */
const BYTES = 1024 * 1024

/** What of the outbox has been sent of a share. */
interface Sent {
  share: number
  abort: AbortController
  /** Of the topic, when it was seen how far it goes; and the place in it of what is sent next. */
  generation: number
  next: number
  /** How far the outbox was read and sent; undefined until it is known what stands in the topic. */
  read: Position | undefined
  written: Position
  /** What the topic says is sent. */
  below: number
  /** The highest transaction of an event of the window that is being sent in pieces. */
  highest: number
}

/** For the one who sends: records that go on from what was seen of the topic, or the wish for a new topic instead of that one. */
interface Item {
  generation: number
  records: readonly NewRecord[] | 'renew'
}

/** Where the first record of each share went; undefined where there is another topic by now, and nothing was sent. */
type Places = ReadonlyMap<number, number> | undefined

/**
 * Sends what is committed to the topic, in the order of each share, from where the topic ends: of what was sent and not noted
 * nothing is sent twice, unless the one who sent it is still at it. One process does it for all shares; another goes on when it ends.
 */
export class Relay implements Member {
  readonly id: number
  readonly isWhole = true
  readonly hasOpen = false
  readonly readers = new Map<number, Sent>()
  readonly #options: RelayOptions
  readonly #send: (item: Item) => Promise<Places>
  #generation = 0
  #outbox: OutboxReader | undefined
  #starting: Promise<void> = Promise.resolve()
  #running = 0
  /** The highest transaction of an event that was sent of any share. */
  #highest = 0

  constructor(id: number, options: RelayOptions) {
    this.id = id
    this.#options = options
    this.#send = gather<Item, Places>({
      work: (items) => this.#sendAll(items),
      most: Number.MAX_SAFE_INTEGER,
      atOnce: 1,
      isUndone: () => false,
    })
  }

  /** Nothing that is known to be committed is yet to be sent from here. */
  get isIdle(): boolean {
    const source = this.#outbox?.sourceOf(undefined)
    return [...this.readers.values()].every(
      ({ share, read }) => read !== undefined && source?.isAtEnd(share, read) === true,
    )
  }

  get isFree(): boolean {
    return this.#running === this.readers.size
  }

  wake(): void {
    this.#outbox?.tail.wake()
  }

  async poke(): Promise<void> {
    await this.#starting
    await this.#outbox?.tail.poke()
  }

  release(): void {
    this.#outbox?.tail.release()
  }

  start(share: number, position: Position): void {
    const sent: Sent = {
      share,
      abort: new AbortController(),
      generation: 0,
      next: 0,
      read: undefined,
      written: position,
      below: 0,
      highest: 0,
    }
    this.readers.set(share, sent)
    this.#running++
    void this.#run(sent).finally(() => {
      this.#running--
    })
  }

  /** What is on its way may arrive all the same; whoever goes on sees how far the topic goes. */
  async stop(share: number): Promise<void> {
    this.readers.get(share)?.abort.abort()
    this.release()
  }

  async stopAll(): Promise<void> {
    for (const share of this.readers.keys()) await this.stop(share)
  }

  forget(share: number): void {
    this.readers.get(share)?.abort.abort()
    this.readers.delete(share)
    this.release()
    if (this.readers.size > 0) return
    void this.#outbox?.tail.stop()
    this.#outbox = undefined
  }

  lose(share: number): void {
    this.forget(share)
  }

  loseAll(): void {
    for (const share of [...this.readers.keys()]) this.forget(share)
  }

  collect(_now: number, all: boolean): Collected | undefined {
    if (all) this.#mark()
    const cursors = [...this.readers.values()].flatMap(({ share, read, written }) =>
      read === undefined || read === written ? [] : [{ share, position: read }],
    )
    if (cursors.length === 0) return undefined
    return {
      changes: { groupId: this.id, cursors, park: [], retry: [], bury: [], unpark: [] },
      loads: [],
      written: () => {
        for (const { share, position } of cursors) {
          const sent = this.readers.get(share)
          if (sent) sent.written = position
        }
      },
      restore: () => {},
    }
  }

  // Nothing of it is ever parked: it is sent, or tried again.
  addParked(): void {}
  load(): void {}
  loaded(): void {}

  async #run(sent: Sent): Promise<void> {
    const { signal } = sent.abort
    while (!signal.aborted) {
      try {
        await this.#follow(sent, signal)
      } catch (error) {
        if (signal.aborted) return
        this.#options.onError(error)
        await new Promise((resolve) => setTimeout(resolve, AFTER_ERROR))
      }
      sent.read = undefined
    }
  }

  /** Until `signal`, or until there is another topic. */
  async #follow(sent: Sent, signal: AbortSignal): Promise<void> {
    const source = (await this.#open()).sourceOf(undefined)
    sent.generation = this.#generation
    let read = await this.#resume(sent)
    sent.below = read.xid
    sent.highest = 0
    while (!signal.aborted) {
      sent.read = read
      const piece = await source.next(sent.share, read, signal)
      if (piece === undefined || signal.aborted || !(await this.#sendPiece(sent, piece))) return
      read = { ...piece.after, copy: read.copy }
      this.#options.touch()
    }
  }

  async #open(): Promise<OutboxReader> {
    if (this.#outbox === undefined) {
      const { db, onError } = this.#options
      const outbox = new OutboxReader({ db, prepare: async () => {}, onError })
      this.#outbox = outbox
      this.#starting = outbox.tail.start()
    }
    const outbox = this.#outbox
    await this.#starting
    return outbox
  }

  /** What the last record of the share says. Where the topic is new, all that the outbox still has is sent. */
  async #resume(sent: Sent): Promise<Position> {
    const { topic, db } = this.#options
    const { share, written } = sent
    const end = await endOf(topic, share)
    const { place: copy } = end
    sent.next = copy.offset
    if (!(await isAhead(db, [end])))
      return { ...(end.sent ?? (written.copy?.id === copy.id ? written : at(0))), copy }
    await this.#renew(sent)
    throw new Error('Kafka had events that the database does not know: it was put back. They are gone.')
  }

  /** False where it was not sent, because there is another topic by now. */
  async #sendPiece(sent: Sent, { rows, after }: Piece): Promise<boolean> {
    const highest = rows.reduce((most, row) => Math.max(most, row.xid), sent.highest)
    const isWhole = after.until === null
    sent.highest = isWhole ? 0 : highest
    if (rows.length === 0) return true
    const until = isWhole ? highest + 1 : (after.until as number)
    for (const records of byBytes(recordsOf(rows, { from: sent.below, until, isWhole }))) {
      const place = (await this.#send({ generation: sent.generation, records }))?.get(sent.share)
      if (place === undefined) return false
      if (place < sent.next) {
        // Another topic of the same name, and it lacks what stands before.
        await this.#renew(sent)
        return false
      }
      sent.next = place + records.length
    }
    this.#highest = Math.max(this.#highest, highest)
    if (isWhole) sent.below = until
    return true
  }

  async #renew({ generation }: Sent): Promise<void> {
    await this.#send({ generation, records: 'renew' })
  }

  async #sendAll(items: readonly Item[]): Promise<Places[]> {
    const { topic } = this.#options
    const isCurrent = ({ generation }: Item) => generation === this.#generation
    if (items.some((item) => item.records === 'renew' && isCurrent(item))) {
      this.#generation++
      await topic.renew()
    }
    const records = items.flatMap((item) =>
      item.records === 'renew' || !isCurrent(item) ? [] : item.records,
    )
    const places = records.length > 0 ? await topic.append(records) : undefined
    return items.map((item) => (isCurrent(item) ? places : undefined))
  }

  /** Shares in which nothing happens are told how far the others have come: the outbox keeps what any cursor may need. */
  #mark(): void {
    const below = this.#highest + 1
    const late = [...this.readers.values()].filter(
      ({ read, below: has }) => read?.until === null && read.xid >= below && has < below,
    )
    if (late.length === 0 || this.#highest === 0) return
    for (const sent of late) {
      sent.below = below
      const records = [recordOfMark(sent.share, below)]
      void this.#send({ generation: sent.generation, records }).catch(this.#options.onError)
    }
  }
}

function byBytes(records: readonly NewRecord[]): NewRecord[][] {
  const parts: NewRecord[][] = [[]]
  let bytes = 0
  for (const record of records) {
    const size = 2 * record.value.length
    if (bytes > 0 && bytes + size > BYTES) {
      parts.push([])
      bytes = 0
    }
    bytes += size
    parts.at(-1)?.push(record)
  }
  return parts
}
