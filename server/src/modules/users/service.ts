import type { UserId, UserSummary } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Author, UserDirectory } from './directory.ts'
import { foldUsername } from './policy.ts'
import type { Profiles } from './profiles.ts'
import { holdPrivacy, readActivity, usersAfter } from './store.ts'

export interface UserRef {
  user_id: UserId
  username: string
  is_private: boolean
}

/** What other modules may ask about members. */
export class UsersService {
  readonly #db: Db
  readonly #directory: UserDirectory
  readonly #profiles: Profiles

  constructor(deps: { db: Db; directory: UserDirectory; profiles: Profiles }) {
    this.#db = deps.db
    this.#directory = deps.directory
    this.#profiles = deps.profiles
  }

  /** Cache first, one batched read for the rest. Deleted members are absent. */
  summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> {
    return this.#profiles.summaries(ids)
  }

  /** See Profiles. */
  authors(ids: readonly UserId[]): Promise<Map<UserId, Author>> {
    return this.#profiles.authors(ids)
  }

  async byUsername(username: string): Promise<UserRef | undefined> {
    return (await this.byUsernames([username])).get(foldUsername(username))
  }

  /** By lower-case name; unknown names are absent. */
  async byUsernames(usernames: readonly string[]): Promise<Map<string, UserRef>> {
    const users = await this.#directory.byNames(usernames)
    return new Map(
      [...users].map(([name, { user_id, username, is_private }]) => [
        name,
        { user_id, username, is_private },
      ]),
    )
  }

  /** Those of them that a mention can mean: who goes by the name, else for whom it is still held. */
  async byMention(names: readonly string[]): Promise<Map<string, UserId>> {
    const users = await this.#directory.byMention(names)
    return new Map([...users].map(([name, { user_id }]) => [name, user_id]))
  }

  async usernames(ids: readonly UserId[]): Promise<Map<UserId, string>> {
    const users = await this.#directory.byIds(ids)
    return new Map([...users].map(([id, { username }]) => [id, username]))
  }

  async privacyFlags(
    ids: readonly UserId[],
  ): Promise<Map<UserId, { user_id: UserId; is_private: boolean; media_epoch: number }>> {
    const users = await this.#directory.byIds(ids)
    return new Map(
      [...users].map(([user_id, { is_private, media_epoch }]) => [
        user_id,
        { user_id, is_private, media_epoch },
      ]),
    )
  }

  /** As it stands, and stays until the transaction ends; undefined: deleted. */
  holdPrivacy(tx: Tx, id: UserId): Promise<boolean | undefined> {
    return holdPrivacy(tx, id)
  }

  /** All members, by id. */
  idsAfter(after: UserId | undefined, limit: number): Promise<UserId[]> {
    return usersAfter(this.#db.query, after, limit)
  }

  /** To the hour. Absent: deleted. */
  async lastActive(ids: readonly UserId[]): Promise<Map<UserId, Date>> {
    const rows = await readActivity(this.#db.query, ids)
    return new Map(rows.map((row) => [row.user_id, row.last_active_at]))
  }
}
