import {
  type Body,
  type Me,
  memberSubject,
  type Routes,
  TintypeError,
  tidyText,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { AuditLog, CommunityWords } from '../moderation/api.ts'
import type { AvatarMedia } from './deps.ts'
import { assertUnlike, parseLink, parseNewUsername, parseUsername } from './policy.ts'
import * as store from './store.ts'

export interface ProfileDeps<Checked> {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  media: AvatarMedia<Checked>
  words: Pick<CommunityWords, 'assertFree' | 'assertFreeName'>
  /** Called when first needed: that module is built on this one. */
  audit(): AuditLog
}

type Changes = Body<Routes['members']['update']>

/** A name that was given up is held for its member so long, and no more than so many of them. */
const HELD_MS = 14 * 86_400_000
const HELD_NAMES = 3
const TEXTS = 200

/** Who changes something of theirs. */
type Changing = Pick<Me, 'user_id' | 'role'>

/** What members change of what they are seen by. */
export class Profiles<Checked = unknown> {
  readonly #deps: ProfileDeps<Checked>

  constructor(deps: ProfileDeps<Checked>) {
    this.#deps = deps
  }

  /** Changes what is given. A new avatar shows once it is processed (`avatarReady`). */
  async update({ user_id: userId, role }: Changing, changes: Changes): Promise<void> {
    const { db, media, words } = this.#deps
    const fields = parseChanges(changes, role)
    if (fields.username !== undefined) await words.assertFreeName(fields.username)
    if (fields.full_name !== undefined) await words.assertFree(fields.full_name)
    const uploads = changes.avatar_upload_id
      ? await media.checkUploads(userId, [changes.avatar_upload_id], 'avatar')
      : undefined
    await db.tx(async (tx) => {
      const user = await this.#lock(tx, userId)
      const next = { ...fields }
      if (uploads || changes.avatar_upload_id === null)
        Object.assign(next, await this.#replaceAvatar(tx, user, uploads))
      if (fields.is_private && !user.is_private) next.media_epoch = user.media_epoch + 1
      if (fields.username !== undefined && fields.username !== user.username)
        next.held_usernames = await this.#rename(tx, user, parseNewUsername(fields.username, role))
      const after = { ...user, ...next }
      await store.updateMember(tx, userId, next)
      await this.#deps.outbox.append(tx, eventsOf(user, after))
      await this.#noteRenamed(tx, user, after)
    })
  }

  /** Brings some members in line whose texts were cut by an earlier version; true while there may be more. */
  async renewSomeTexts(): Promise<boolean> {
    const due = await store.textsDue(this.#deps.db.query, TEXTS)
    for (const userId of due)
      await this.#deps.db.tx(async (tx) => {
        const user = await store.lockMember(tx, userId)
        if (!user) return store.markTextRenewed(tx, userId)
        const full_name = tidyText(user.full_name, 'line')
        await store.updateMember(tx, userId, { full_name, bio: tidyText(user.bio, 'lines') })
        await store.markTextRenewed(tx, userId)
        await this.#deps.outbox.append(tx, [{ type: 'user.updated', payload: { user_id: userId } }])
      })
    return due.length > 0
  }

  /** The picture is processed: it takes the old one's place. Unless the member has changed their mind meanwhile. */
  async avatarReady(userId: UserId, mediaIds: readonly string[]): Promise<void> {
    const { db, media } = this.#deps
    await db.tx(async (tx) => {
      const user = await store.lockMember(tx, userId)
      const ready = user?.next_avatar_media_id
      if (!user || !ready || !mediaIds.includes(ready)) return
      if (user.avatar_media_id) await media.release(tx, [user.avatar_media_id])
      await store.updateMember(tx, userId, { avatar_media_id: ready, next_avatar_media_id: null })
      await this.#deps.outbox.append(tx, [{ type: 'user.updated', payload: { user_id: userId } }])
    })
  }

  /** The picture could not be processed: the old one stays. */
  async avatarFailed(userId: UserId, mediaIds: readonly string[]): Promise<void> {
    const { db, media } = this.#deps
    await db.tx(async (tx) => {
      const failed = (await store.lockMember(tx, userId))?.next_avatar_media_id
      if (!failed || !mediaIds.includes(failed)) return
      await media.release(tx, [failed])
      await store.updateMember(tx, userId, { next_avatar_media_id: null })
    })
  }

  /** Makes the media URLs given out for these members' private accounts worthless. */
  async raiseMediaEpoch(userIds: readonly UserId[]): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const raised = await store.raiseMediaEpoch(tx, userIds)
      const events = raised.map((user_id) => ({
        type: 'user.media_links_ended' as const,
        payload: { user_id },
      }))
      await outbox.append(tx, events)
    })
  }

  async #replaceAvatar(tx: Tx, user: store.MemberRow, uploads: Checked[] | undefined) {
    const { media } = this.#deps
    const replaced = uploads ? [user.next_avatar_media_id] : [user.next_avatar_media_id, user.avatar_media_id]
    await media.release(
      tx,
      replaced.filter((id) => id !== null),
    )
    if (!uploads) return { avatar_media_id: null, next_avatar_media_id: null }
    const { user_id: owner_id } = user
    const subject = memberSubject(owner_id)
    const [next] = await media.attach(tx, { owner_id, subject, purpose: 'avatar', uploads })
    return { next_avatar_media_id: next ?? null }
  }

  /** Answers the names that are held for the member from now on. */
  async #rename(tx: Tx, user: store.MemberRow, username: string): Promise<string[]> {
    const now = this.#deps.clock.now()
    assertUnlike(username, await store.readStaffNames(tx, user.user_id))
    if (!(await store.takeUsername(tx, username, user.user_id, new Date(now))))
      throw new TintypeError('username_taken')
    await store.holdUsername(tx, user.username, new Date(now + HELD_MS))
    const held = [...user.held_usernames.filter((name) => name !== username), user.username]
    await store.releaseUsernames(tx, user.user_id, held.slice(0, -HELD_NAMES))
    return held.slice(-HELD_NAMES)
  }

  /** Who has the badge keeps it under another name, and those who gave it can look at that. As the last step, for the log's sake. */
  async #noteRenamed(tx: Tx, before: store.MemberRow, after: store.MemberRow): Promise<void> {
    const { user_id, is_verified } = before
    const why = (['username', 'full_name'] as const).filter((name) => before[name] !== after[name])
    if (!is_verified || why.length === 0) return
    const fact = { actor_id: user_id, member_id: user_id, action: 'rename_verified' }
    await this.#deps.audit().append(tx, { ...fact, why: why.join(' ') })
  }

  async #lock(tx: Tx, userId: UserId): Promise<store.MemberRow> {
    const user = await store.lockMember(tx, userId)
    if (!user) throw new TintypeError('unauthorized')
    return user
  }
}

function parseChanges(changes: Changes, role: Me['role']): Partial<store.MemberRow> {
  const { username, full_name, bio, link, privacy_level } = changes
  return {
    ...(username === undefined ? {} : { username: parseUsername(username, role) }),
    ...(full_name === undefined ? {} : { full_name }),
    ...(bio === undefined ? {} : { bio }),
    ...(link === undefined ? {} : { link: parseLink(link) }),
    ...(privacy_level === undefined ? {} : { is_private: privacy_level === 'private' }),
  }
}

const shown = ['username', 'full_name', 'bio', 'link', 'avatar_media_id'] as const

function eventsOf(before: store.MemberRow, after: store.MemberRow): NewEvent[] {
  const { user_id, is_private } = after
  const events: NewEvent[] = []
  if (shown.some((field) => before[field] !== after[field]))
    events.push({ type: 'user.updated', payload: { user_id } })
  if (before.is_private !== is_private)
    events.push({ type: 'user.privacy_changed', payload: { user_id, is_private } })
  return events
}
