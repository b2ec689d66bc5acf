import { type Me, TintypeError, type UserId } from '@tintype/contract'
import type { Db, Sql, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { AvatarMedia } from './deps.ts'
import type { PublicMember } from './directory.ts'
import { assertUnlike, parseNewUsername } from './policy.ts'
import type { MembersReader } from './reader.ts'
import * as store from './store.ts'

interface MembershipDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  reader: MembersReader
  media: Pick<AvatarMedia<unknown>, 'release'>
}

/** How members come and go: parts of what accounts does in one transaction. */
export class Membership {
  readonly #deps: MembershipDeps

  constructor(deps: MembershipDeps) {
    this.#deps = deps
  }

  /** See MembersReader. */
  idOf(username: string): Promise<UserId | undefined> {
    return this.#deps.reader.idOf(username)
  }

  /** See MembersReader. */
  own(id: UserId): Promise<PublicMember | undefined> {
    return this.#deps.reader.own(id)
  }

  /** A username that one of that role may take, in its stored form. Throws `username_invalid` or `username_reserved`. */
  parseUsername(text: string, role: Me['role']): string {
    return parseNewUsername(text, role)
  }

  /** Throws `username_reserved` where it could be taken for the owner’s, or that of somebody who moderates. */
  async assertUnlikeStaff(username: string): Promise<void> {
    assertUnlike(username, await store.readStaffNames(this.#deps.db.query))
  }

  /** Takes the name. Throws `username_taken`. */
  async join(tx: Tx, member: { user_id: UserId; username: string }): Promise<void> {
    const { user_id, username } = member
    const now = new Date(this.#deps.clock.now())
    if (!(await store.takeUsername(tx, username, user_id, now))) throw new TintypeError('username_taken')
  }

  /** Takes away what they were known by; their names are free. */
  async leave(tx: Tx, userId: UserId): Promise<void> {
    const member = await store.lockMember(tx, userId)
    if (!member) return
    await store.eraseMember(tx, member, new Date(this.#deps.clock.now()))
    const avatars = [member.avatar_media_id, member.next_avatar_media_id]
    await this.#deps.media.release(
      tx,
      avatars.filter((id) => id !== null),
    )
  }

  /** As if they did not exist, until `show`. Their names stay theirs. */
  hide(tx: Tx, userId: UserId): Promise<void> {
    return store.restrain(tx, userId, { away_at: new Date(this.#deps.clock.now()) })
  }

  show(tx: Tx, userId: UserId): Promise<void> {
    return store.restrain(tx, userId, { away_at: null })
  }

  /** By moderators, as if they did not exist; `until` null: until it is lifted. */
  suspend(tx: Tx, userId: UserId, suspended_until: Date | null): Promise<void> {
    return store.restrain(tx, userId, { suspended_at: new Date(this.#deps.clock.now()), suspended_until })
  }

  endSuspension(tx: Tx, userId: UserId): Promise<void> {
    return store.restrain(tx, userId, { suspended_at: null, suspended_until: null })
  }

  /** What they do reaches only those who follow them; or everybody again. */
  silence(tx: Tx, userId: UserId, is_silenced: boolean): Promise<void> {
    return store.restrain(tx, userId, { is_silenced })
  }

  /** Gives or takes the badge. Answers whether they had it; undefined: they have left. */
  async verify(tx: Tx, userId: UserId, is_verified: boolean): Promise<boolean | undefined> {
    const member = await store.lockMember(tx, userId)
    if (!member || member.is_verified === is_verified) return member?.is_verified
    await store.updateMember(tx, userId, { is_verified })
    const payload = { user_id: userId }
    await this.#deps.outbox.append(tx, [
      { type: 'user.updated', payload },
      { type: 'user.verified_changed', payload },
    ])
    return member.is_verified
  }

  /** They are here now. */
  noteActivity(db: Sql | Tx, userId: UserId, at: Date): Promise<void> {
    return store.noteActivity(db, userId, at)
  }

  /** What may have been written of them while they left. */
  async erase(userId: UserId): Promise<void> {
    await store.dropActivity(this.#deps.db.query, userId)
  }
}
