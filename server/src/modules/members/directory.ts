import type { UserId } from '@tintype/contract'
import { type Cache, type DerivedEntries, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import { foldUsername } from '../../text/names.ts'
import * as store from './store.ts'

/** JSON-like, as everything in the cache. */
export type PublicMember = Omit<store.PublicRow, 'created_at'> & { created_at: string }

const NEWS = on(
  [
    'user.updated',
    'user.privacy_changed',
    'user.media_links_ended',
    'user.deleted',
    'user.hidden',
    'user.shown',
    'user.reach_changed',
  ],
  (e) => [e.user_id],
)
/** Of names that nobody has, or that are held for nobody. */
const ABSENCE = { ttl: 60, most: 10_000 }

interface HeldName {
  user_id: UserId
  /** Milliseconds since 1970. */
  until: number
}

export interface DirectoryDeps {
  db: Db
  cache: Cache
  clock: Clock
  /** Seconds for which a member stays cached. */
  memberTtl: number
}

/** Members as others see them, by id and by name, from the cache and in one batched read for what is not there. */
export class Directory {
  readonly #db: Db
  readonly #users: Entries<UserId, PublicMember>
  readonly #names: DerivedEntries<string, UserId>
  /** For whom names given up are held. */
  readonly #held: Entries<string, HeldName>
  readonly #clock: Clock

  constructor({ db, cache, clock, memberTtl: ttl }: DirectoryDeps) {
    this.#db = db
    this.#clock = clock
    // Events hold no names, so those that a member has by now are asked for.
    const names = on(['user.registered', 'user.updated'], ({ user_id }) => this.#namesOf(user_id))
    this.#held = cache.entries('held_username', { ttl, absence: ABSENCE, forgets: [names] })
    this.#users = cache.entries('user', { ttl, shared: true, forgets: [NEWS] })
    this.#names = cache.derived('username', { ttl, absence: ABSENCE, forgets: [names] })
  }

  /** Deleted and unknown ones are absent. */
  async byIds(ids: readonly UserId[]): Promise<Map<UserId, PublicMember>> {
    const found = await this.#users.throughMany(ids, async (missing) => {
      const rows = await store.readPublic(this.#db.query, missing)
      return new Map(rows.map((row) => [row.user_id, { ...row, created_at: row.created_at.toISOString() }]))
    })
    return byField(found, 'user_id')
  }

  async byId(id: UserId): Promise<PublicMember | undefined> {
    return (await this.byIds([id])).get(id)
  }

  /**
   * By name, in any case. A cached name is believed only while its member still goes by it: by whose name it was before nothing needs to be
   * known.
   */
  async byNames(usernames: readonly string[]): Promise<Map<string, PublicMember>> {
    const names = [...new Set(usernames.map(foldUsername))]
    const ids = await this.#names.throughMany(
      names,
      async (missing) => new Map(await this.#readNames(missing)),
    )
    const found = new Map<string, PublicMember>()
    const stale = await this.#match(
      names.flatMap((name, at) => {
        const id = ids[at]
        return id ? [[name, id] as const] : []
      }),
      found,
    )
    if (stale.length > 0) {
      await this.#names.del(stale)
      await this.#match(await this.#readNames(stale), found)
    }
    return found
  }

  /** The same where nobody goes by the name: the member it was given up by, as long as they hold it. */
  async byMention(usernames: readonly string[]): Promise<Map<string, PublicMember>> {
    const found = await this.byNames(usernames)
    const missing = [...new Set(usernames.map(foldUsername))].filter((name) => !found.has(name))
    if (missing.length === 0) return found
    const held = await this.#held.throughMany(missing, (names) => this.#readHeld(names))
    const users = await this.byIds(held.flatMap((name) => name?.user_id ?? []))
    for (const [at, name] of missing.entries()) {
      const holder = held[at]
      const user = holder && holder.until > this.#clock.now() ? users.get(holder.user_id) : undefined
      if (user?.held_usernames.includes(name)) found.set(name, user)
    }
    return found
  }

  async #readHeld(names: readonly string[]): Promise<Map<string, HeldName>> {
    const rows = await store.readHeldNames(this.#db.query, names)
    return new Map(
      rows.map(({ username, user_id, held_until }) => [username, { user_id, until: held_until.getTime() }]),
    )
  }

  /** That they go by, and that are held for them. */
  async #namesOf(id: UserId): Promise<string[]> {
    const member = await store.readMember(this.#db.query, id)
    return member ? [member.username, ...member.held_usernames] : []
  }

  async #readNames(names: readonly string[]): Promise<[name: string, id: UserId][]> {
    const rows = await store.readNames(this.#db.query, names)
    return rows.map((row) => [row.username, row.user_id])
  }

  /** Adds to `found` who goes by these names; answers the names that nobody goes by any more. */
  async #match(
    named: readonly (readonly [name: string, id: UserId])[],
    found: Map<string, PublicMember>,
  ): Promise<string[]> {
    const users = await this.byIds(named.map(([, id]) => id))
    const stale: string[] = []
    for (const [name, id] of named) {
      const user = users.get(id)
      if (user?.username === name) found.set(name, user)
      else stale.push(name)
    }
    return stale
  }
}
