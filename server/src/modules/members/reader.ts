import type { UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import { foldUsername } from '../../text/names.ts'
import { Directory, type DirectoryDeps, type PublicMember } from './directory.ts'
import * as store from './store.ts'

export interface MemberRef {
  user_id: UserId
  username: string
  is_private: boolean
  is_silenced?: boolean
}

/** By what is judged who sees them, and what opens their pictures. */
export interface Flags {
  user_id: UserId
  is_private: boolean
  is_silenced?: boolean
  media_epoch: number
}

/** What others may ask about members; of what they post, whom they follow and how they look it knows nothing. */
export class MembersReader {
  readonly #db: Db
  readonly directory: Directory

  constructor(deps: DirectoryDeps) {
    this.#db = deps.db
    this.directory = new Directory(deps)
  }

  /** Cache first, one batched read for the rest. Deleted members are absent. */
  byIds(ids: readonly UserId[]): Promise<Map<UserId, PublicMember>> {
    return this.directory.byIds(ids)
  }

  async byUsername(username: string): Promise<MemberRef | undefined> {
    return (await this.byUsernames([username])).get(foldUsername(username))
  }

  /** By lower-case name; unknown names are absent. */
  async byUsernames(usernames: readonly string[]): Promise<Map<string, MemberRef>> {
    const members = await this.directory.byNames(usernames)
    return new Map(
      [...members].map(([name, { user_id, username, is_private, is_silenced }]) => [
        name,
        { user_id, username, is_private, is_silenced },
      ]),
    )
  }

  /** Whose profile an address leads to: who goes by the name, else for whom it is still held. */
  async addressed(username: string): Promise<PublicMember | undefined> {
    const [member] = (await this.directory.byMention([username])).values()
    return member
  }

  /** Those of them that a mention can mean: who goes by the name, else for whom it is still held. */
  async byMention(names: readonly string[]): Promise<Map<string, UserId>> {
    const members = await this.directory.byMention(names)
    return new Map([...members].map(([name, { user_id }]) => [name, user_id]))
  }

  /** Past the cache: a look that costs the same whether or not somebody goes by the name. */
  async idOf(username: string): Promise<UserId | undefined> {
    const [named] = await store.readNames(this.#db.query, [username])
    return named?.user_id
  }

  /** As it stands, past the cache; undefined: deleted. */
  async own(id: UserId): Promise<PublicMember | undefined> {
    const row = await store.readMember(this.#db.query, id)
    return row && { ...row, created_at: row.created_at.toISOString() }
  }

  async usernames(ids: readonly UserId[]): Promise<Map<UserId, string>> {
    const members = await this.directory.byIds(ids)
    return new Map([...members].map(([id, { username }]) => [id, username]))
  }

  async privacyFlags(ids: readonly UserId[]): Promise<Map<UserId, Flags>> {
    const members = await this.directory.byIds(ids)
    return new Map(
      [...members].map(([user_id, { is_private, is_silenced, media_epoch }]) => [
        user_id,
        { user_id, is_private, is_silenced, media_epoch },
      ]),
    )
  }

  /** As it stands, and stays until the transaction ends; undefined: deleted. */
  holdPrivacy(tx: Tx, id: UserId): Promise<boolean | undefined> {
    return store.holdPrivacy(tx, id)
  }

  /** All members, by id. */
  idsAfter(after: UserId | undefined, limit: number): Promise<UserId[]> {
    return store.membersAfter(this.#db.query, after, limit)
  }

  /** Who came last, last one first. */
  newest(limit: number): Promise<UserId[]> {
    return store.newestMembers(this.#db.query, limit)
  }

  /** Exact while a count is cheap, an estimate where there are many. */
  count(): Promise<number> {
    return store.countMembers(this.#db.query)
  }

  /** To the hour. Absent: deleted. */
  async lastActive(ids: readonly UserId[]): Promise<Map<UserId, Date>> {
    const rows = await store.readActivity(this.#db.query, ids)
    return new Map(rows.map((row) => [row.user_id, row.last_active_at]))
  }
}
