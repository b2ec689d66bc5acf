import { gather } from '../../../kit/gather.ts'
import { SHARES } from '../../outbox/port.ts'
import type { Member } from './group.ts'
import type { Locks } from './lock-store.ts'
import type { ShareId } from './log-store.ts'
import type { Position } from './rows.ts'

export interface OwnershipOptions {
  lockMembers(groupIds: readonly number[]): Promise<void>
  unlockMembers(groupIds: readonly number[]): Promise<void>
  readLocks(): Promise<Locks>
  lockShares(shares: readonly ShareId[]): Promise<ShareId[]>
  unlockShares(shares: readonly ShareId[]): Promise<void>
  claim(shares: readonly ShareId[]): Promise<(ShareId & { position: Position })[]>
  readParkedKeys(shares: readonly ShareId[]): Promise<(ShareId & { key: string; dueAt: number })[]>
  /** Writes what is settled; rejects when it cannot. */
  flush(): Promise<void>
  /** Tells the other processes that members or shares changed. */
  tellOthers(): Promise<void>
  onError(error: unknown): void
}

/** Milliseconds between looks: where a process may die and leave shares, and where all are ours and only newcomers matter. */
const WHILE_SHARED = 250
const WHILE_ALONE = 5000
const AFTER_ERROR = 500

/**
 * Divides each group's shares evenly between the processes that are in it. The locks say who is there and what is free, so a
 * share whose process died is taken at the next look, and one that a newcomer is due is handed over in order.
 */
export class Ownership {
  readonly groups = new Map<number, Member>()
  readonly #options: OwnershipOptions
  readonly #joined = new Set<number>()
  readonly #leaving = new Set<Member>()
  readonly #releasing = new Set<string>()
  /** Raised when the connection, and with it every lock, is lost. */
  #epoch = 0
  #timer: NodeJS.Timeout | undefined
  /** A check that has not begun sees all that comes before it does. */
  #next: Promise<void> | undefined
  #last: Promise<void> = Promise.resolve()
  #stopped = false
  readonly #unlock: (group: Member) => Promise<void>
  readonly #tellOthers: () => Promise<void>

  constructor(options: OwnershipOptions) {
    this.#options = options
    // A process enters and leaves all its groups at once.
    this.#unlock = together(async (groups) => {
      await options.unlockShares(groups.flatMap(sharesOf))
      await options.unlockMembers(groups.map(({ id }) => id))
    })
    this.#tellOthers = together(() => options.tellOthers())
  }

  get ownsAll(): boolean {
    return [...this.groups.values()].every((group) => group.readers.size === SHARES)
  }

  get shares(): ShareId[] {
    return [...this.groups.values()].flatMap((group) =>
      [...group.readers.keys()].map((share) => ({ groupId: group.id, share })),
    )
  }

  async join(group: Member): Promise<void> {
    this.groups.set(group.id, group)
    await this.check()
    await this.#tellOthers()
  }

  /** Takes what is free and due to us, gives away what is not; again and again until `stop`. */
  check(): Promise<void> {
    this.#next ??= this.#last.then(() => {
      this.#next = undefined
      return this.#check()
    })
    this.#last = this.#next.catch(() => {})
    return this.#next
  }

  /** In order: handlers end, what is settled is written, the shares are free for others. */
  async leave(group: Member): Promise<void> {
    this.#leaving.add(group)
    await group.stopAll()
    await this.#last
    const epoch = this.#epoch
    // What cannot be written is handled again by the next owner.
    await this.#options.flush().catch(this.#options.onError)
    this.groups.delete(group.id)
    this.#leaving.delete(group)
    for (const share of [...group.readers.keys()]) group.forget(share)
    if (epoch !== this.#epoch || !this.#joined.delete(group.id)) return
    await this.#unlock(group)
    await this.#tellOthers()
  }

  /** Others have claimed these shares. A lock of ours that is left would keep everyone out. */
  async yield(shares: readonly ShareId[]): Promise<void> {
    for (const { groupId, share } of shares) this.groups.get(groupId)?.lose(share)
    await this.#options.unlockShares(shares)
    this.#arm(0)
  }

  /** The connection is gone: others may own everything by now. */
  lost(): void {
    this.#epoch++
    this.#joined.clear()
    for (const group of this.groups.values()) group.loseAll()
    if (!this.#stopped) this.#arm(0)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #arm(delay: number): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.check().catch((error: unknown) => {
        if (this.#stopped) return
        this.#options.onError(error)
        this.#arm(AFTER_ERROR)
      })
    }, delay)
  }

  async #check(): Promise<void> {
    if (this.#stopped || this.groups.size === 0) return
    const epoch = this.#epoch
    const newcomers = [...this.groups.keys()].filter((id) => !this.#joined.has(id))
    if (newcomers.length > 0) await this.#options.lockMembers(newcomers)
    if (epoch !== this.#epoch) return
    for (const id of newcomers) this.#joined.add(id)
    const locks = await this.#options.readLocks()
    const wanted = [...this.groups.values()].flatMap((group) => this.#balance(group, locks))
    await this.#take(wanted, epoch)
    this.#arm(this.ownsAll ? WHILE_ALONE : WHILE_SHARED)
  }

  /** Starts handing over what is too much, and answers what to try to take. */
  #balance(group: Member, locks: Locks): ShareId[] {
    if (this.#leaving.has(group) || !group.isFree) return []
    const due = group.isWhole ? SHARES : Math.ceil(SHARES / Math.max(1, locks.members(group.id)))
    const kept = [...group.readers.keys()].filter((share) => !this.#releasing.has(`${group.id}/${share}`))
    for (const share of kept.slice(due)) void this.#release(group, share)
    const free = sharesOf(group).filter((id) => !group.readers.has(id.share) && !locks.isTaken(id))
    return free.slice(0, Math.max(0, due - kept.length))
  }

  async #take(wanted: ShareId[], epoch: number): Promise<void> {
    const locked = await this.#options.lockShares(wanted)
    if (locked.length === 0) return
    const cursors = await this.#options.claim(locked)
    const parked = await this.#options.readParkedKeys(locked)
    if (epoch !== this.#epoch) return
    for (const { groupId, share, position } of cursors) {
      const keys = parked.filter((key) => key.groupId === groupId && key.share === share)
      this.groups.get(groupId)?.start(share, position, keys)
    }
  }

  async #release(group: Member, share: number): Promise<void> {
    const id = `${group.id}/${share}`
    const epoch = this.#epoch
    this.#releasing.add(id)
    try {
      await group.stop(share)
      await this.#options.flush().catch(this.#options.onError)
      if (epoch !== this.#epoch || this.#leaving.has(group)) return
      group.forget(share)
      await this.#options.unlockShares([{ groupId: group.id, share }])
      await this.#tellOthers()
    } catch (error) {
      this.#options.onError(error)
    } finally {
      this.#releasing.delete(id)
    }
  }
}

const sharesOf = (group: Member): ShareId[] =>
  Array.from({ length: SHARES }, (_, share) => ({ groupId: group.id, share }))

/** What is asked for in one turn of the event loop is done in one call. */
const together = <Item = void>(
  work: (items: readonly Item[]) => Promise<void>,
): ((item: Item) => Promise<void>) =>
  gather<Item, void>({
    work: async (items) => {
      await work(items)
      return items.map(() => undefined)
    },
    most: Number.MAX_SAFE_INTEGER,
    atOnce: 1,
    isUndone: () => false,
  })
