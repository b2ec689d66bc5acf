import { type Body, memberSubject, type Routes, TintypeError, tidyText, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { nameTerms } from '../../text/names.ts'
import type { Authentication } from './authentication.ts'
import type { UserDirectory } from './directory.ts'
import { claimOwnership, handOver } from './instance-store.ts'
import type { LoginGuard } from './login-guard.ts'
import { assertStrong, type PasswordHasher } from './passwords.ts'
import type { AvatarMedia } from './peers.ts'
import { parseLink, parseUsername } from './policy.ts'
import { replaceTerms } from './search-store.ts'
import type { Sessions } from './sessions.ts'
import * as store from './store.ts'

export interface AccountDeps<Checked> {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  passwords: PasswordHasher
  authentication: Authentication
  sessions: Pick<Sessions, 'endIn'>
  guard: Pick<LoginGuard, 'forget' | 'forgetPlaces'>
  directory: UserDirectory
  media(): AvatarMedia<Checked>
}

type Changes = Body<Routes['members']['update']>

/** A name that was given up is held for its member so long, and no more than so many of them. */
const HELD_MS = 14 * 86_400_000
const HELD_NAMES = 3
const TEXTS = 200

/** What members do with their own account. */
export class Account<Checked = unknown> {
  readonly #deps: AccountDeps<Checked>

  constructor(deps: AccountDeps<Checked>) {
    this.#deps = deps
  }

  /** Changes what is given. A new avatar shows once it is processed (`avatarReady`). */
  async update(userId: UserId, changes: Changes): Promise<void> {
    const { db, media } = this.#deps
    const fields = parseChanges(changes)
    const uploads = changes.avatar_upload_id
      ? await media().checkUploads(userId, [changes.avatar_upload_id])
      : undefined
    const given = await db.tx(async (tx) => {
      const user = await this.#lock(tx, userId)
      const next = { ...fields }
      if (uploads || changes.avatar_upload_id === null)
        Object.assign(next, await this.#replaceAvatar(tx, user, uploads))
      if (fields.is_private && !user.is_private) next.media_epoch = user.media_epoch + 1
      if (fields.username !== undefined && fields.username !== user.username)
        next.held_usernames = await this.#rename(tx, user, fields.username)
      const after = { ...user, ...next }
      await store.updateUser(tx, userId, next)
      await replaceTerms(tx, userId, user.username, nameTerms(after.username, after.full_name))
      await this.#deps.outbox.append(tx, eventsOf(user, after))
      return [...user.held_usernames, ...(next.held_usernames ?? [])]
    })
    await this.#deps.directory.forget([userId])
    if (fields.username !== undefined) await this.#deps.directory.named(fields.username)
    await this.#deps.directory.forgetHeld(given)
  }

  /** Ends every session but the one that asks. */
  async changePassword(viewer: Viewer, current: string, wanted: string): Promise<void> {
    const { db, passwords, authentication, sessions, guard } = this.#deps
    const user = await this.#verified(viewer.user_id, current)
    await assertStrong(wanted, [user.username, user.email, ...user.email.split('@'), user.full_name])
    const password_hash = await passwords.hash(wanted)
    const ended = await db.tx(async (tx) => {
      await this.#lockUnchanged(tx, user)
      await store.updateUser(tx, user.user_id, { password_hash })
      await guard.forgetPlaces(tx, user.user_id)
      return sessions.endIn(tx, user.user_id, { except: viewer.session_id })
    })
    await authentication.tellEnded(ended)
  }

  /**
   * Hides the member at once and for good: names, address and sessions go with this transaction; posts, follows and all else
   * follow by `user.deleted`. An owner's rights pass to the longest-standing member.
   */
  async delete(userId: UserId, password: string): Promise<void> {
    const { db, clock, media, authentication, sessions, directory, guard } = this.#deps
    const known = await this.#verified(userId, password)
    const { role, ended } = await db.tx(async (tx) => {
      const user = await this.#lockUnchanged(tx, known)
      await store.eraseUser(tx, user, new Date(clock.now()))
      await guard.forget(tx, userId)
      await replaceTerms(tx, userId, user.username, [])
      await media().release(tx, avatarsOf(user))
      if (user.role === 'owner') await this.#bequeath(tx, userId)
      await this.#deps.outbox.append(tx, [{ type: 'user.deleted', payload: { user_id: userId } }])
      return { role: user.role, ended: await sessions.endIn(tx, userId) }
    })
    await directory.forget([userId])
    await authentication.tellEnded(ended)
    if (role === 'owner') await authentication.tellReread()
  }

  /** Brings some members in line whose texts were cut by an earlier version; true while there may be more. */
  async renewSomeTexts(): Promise<boolean> {
    const due = await store.textsDue(this.#deps.db.query, TEXTS)
    for (const userId of due)
      await this.#deps.db.tx(async (tx) => {
        const user = await store.lockUser(tx, userId)
        if (!user) return store.markTextRenewed(tx, userId)
        const full_name = tidyText(user.full_name, 'line')
        await store.updateUser(tx, userId, { full_name, bio: tidyText(user.bio, 'lines') })
        await replaceTerms(tx, userId, user.username, nameTerms(user.username, full_name))
        await store.markTextRenewed(tx, userId)
      })
    await this.#deps.directory.forget(due)
    return due.length > 0
  }

  /** The picture is processed: it takes the old one's place. Unless the member has changed their mind meanwhile. */
  async avatarReady(userId: UserId, mediaIds: readonly string[]): Promise<void> {
    const { db, media, directory } = this.#deps
    await db.tx(async (tx) => {
      const user = await store.lockUser(tx, userId)
      const ready = user?.next_avatar_media_id
      if (!user || !ready || !mediaIds.includes(ready)) return
      if (user.avatar_media_id) await media().release(tx, [user.avatar_media_id])
      await store.updateUser(tx, userId, { avatar_media_id: ready, next_avatar_media_id: null })
      await this.#deps.outbox.append(tx, [{ type: 'user.updated', payload: { user_id: userId } }])
    })
    await directory.forget([userId])
  }

  /** The picture could not be processed: the old one stays. */
  async avatarFailed(userId: UserId, mediaIds: readonly string[]): Promise<void> {
    const { db, media } = this.#deps
    await db.tx(async (tx) => {
      const failed = (await store.lockUser(tx, userId))?.next_avatar_media_id
      if (!failed || !mediaIds.includes(failed)) return
      await media().release(tx, [failed])
      await store.updateUser(tx, userId, { next_avatar_media_id: null })
    })
  }

  /** Makes the media URLs given out for these members' private accounts worthless. */
  async raiseMediaEpoch(userIds: readonly UserId[]): Promise<void> {
    const raised = await store.raiseMediaEpoch(this.#deps.db.query, userIds)
    await this.#deps.directory.forget(raised)
  }

  async #replaceAvatar(tx: Tx, user: store.UserRow, uploads: Checked[] | undefined) {
    const { media } = this.#deps
    const replaced = uploads ? [user.next_avatar_media_id] : [user.next_avatar_media_id, user.avatar_media_id]
    await media().release(
      tx,
      replaced.filter((id) => id !== null),
    )
    if (!uploads) return { avatar_media_id: null, next_avatar_media_id: null }
    const { user_id: owner_id } = user
    const subject = memberSubject(owner_id)
    const [next] = await media().attach(tx, { owner_id, subject, purpose: 'avatar', uploads })
    return { next_avatar_media_id: next ?? null }
  }

  /** Answers the names that are held for the member from now on. */
  async #rename(tx: Tx, user: store.UserRow, username: string): Promise<string[]> {
    const now = this.#deps.clock.now()
    if (!(await store.takeUsername(tx, username, user.user_id, new Date(now))))
      throw new TintypeError('username_taken')
    await store.holdUsername(tx, user.username, new Date(now + HELD_MS))
    const held = [...user.held_usernames.filter((name) => name !== username), user.username]
    await store.releaseUsernames(tx, user.user_id, held.slice(0, -HELD_NAMES))
    return held.slice(-HELD_NAMES)
  }

  async #bequeath(tx: Tx, ownerId: UserId): Promise<void> {
    await handOver(tx, null)
    const heir = await store.longestMember(tx, ownerId)
    if (!heir || !(await claimOwnership(tx, heir))) return
    await store.updateUser(tx, heir, { role: 'owner' })
  }

  async #verified(userId: UserId, password: string): Promise<store.UserRow> {
    const user = await store.readUser(this.#deps.db.query, userId)
    if (!user) throw new TintypeError('unauthorized')
    if (!(await this.#deps.passwords.verify(user.password_hash, password)))
      throw new TintypeError('password_wrong')
    return user
  }

  async #lock(tx: Tx, userId: UserId): Promise<store.UserRow> {
    const user = await store.lockUser(tx, userId)
    if (!user) throw new TintypeError('unauthorized')
    return user
  }

  /** Locks a member whose password has been checked; throws `conflict` where it was changed meanwhile. */
  async #lockUnchanged(tx: Tx, known: store.UserRow): Promise<store.UserRow> {
    const user = await this.#lock(tx, known.user_id)
    if (user.password_hash !== known.password_hash) throw new TintypeError('conflict')
    return user
  }
}

function parseChanges(changes: Changes): Partial<store.UserRow> {
  const { username, full_name, bio, link, privacy_level } = changes
  return {
    ...(username === undefined ? {} : { username: parseUsername(username) }),
    ...(full_name === undefined ? {} : { full_name }),
    ...(bio === undefined ? {} : { bio }),
    ...(link === undefined ? {} : { link: parseLink(link) }),
    ...(privacy_level === undefined ? {} : { is_private: privacy_level === 'private' }),
  }
}

const shown = ['username', 'full_name', 'bio', 'link', 'avatar_media_id'] as const

function eventsOf(before: store.UserRow, after: store.UserRow): NewEvent[] {
  const { user_id, is_private } = after
  const events: NewEvent[] = []
  if (shown.some((field) => before[field] !== after[field]))
    events.push({ type: 'user.updated', payload: { user_id } })
  if (before.is_private !== is_private)
    events.push({ type: 'user.privacy_changed', payload: { user_id, is_private } })
  return events
}

const avatarsOf = (user: store.UserRow) =>
  [user.avatar_media_id, user.next_avatar_media_id].filter((id) => id !== null)
