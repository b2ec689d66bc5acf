import type { Media, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { Mailer, MailPicture } from '../../engines/mailer/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { type MailRow, mailPage } from '../../kit/mail-page.ts'
import type { Mailboxes } from '../accounts/api.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Members } from '../members/api.ts'
import type { Notices } from '../notice.ts'
import type { Shown, TextOf, UnreadNotices } from '../notifications/api.ts'
import * as store from './digest-store.ts'
import { ONE_CLICK } from './one-click.ts'
import type { Preferences } from './preferences.ts'
import { nextAt, quietUntil } from './quiet.ts'
import { t } from './texts.ts'
import type { Unsubscribing } from './unsubscribe.ts'

export interface DigestDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
  logger: Pick<Logger, 'warn'>
  mailer: Pick<Mailer, 'send'>
  preferences: Pick<Preferences, 'of' | 'ofAll'>
  unsubscribing: Pick<Unsubscribing, 'tokenOf'>
  notifications: Pick<UnreadNotices, 'unreadSince'>
  /** The sentence of a notice, as the module says it that it is from. */
  textOf: TextOf
  notices: readonly Pick<Notices, 'pushes'>[]
  accounts: Mailboxes
  members: Pick<Members, 'own'>
  community: Pick<CommunityGate, 'instance'>
  /** A small JPEG; undefined where it is not to be had. */
  thumbnail(picture: Media): Promise<Buffer | undefined>
  siteUrl: string
}

/** Of the member's day. */
const AT = '18:00'
const MOST = 12
const CHUNK = 100

/**
 * A mail a day, at most, to who has not seen what happened. The first thing that happens plans it; taking it from the plan and telling that it is due
 * are one transaction, so that it is due once, whoever takes it and whatever dies meanwhile. What it says is what is unread when it is written.
 */
export class Digests {
  readonly #deps: DigestDeps

  constructor(deps: DigestDeps) {
    this.#deps = deps
  }

  async plan(events: readonly Event<'notifications.changed'>[]): Promise<void> {
    const { db, preferences } = this.#deps
    const begun = new Map<UserId, number>()
    for (const { payload, at } of events)
      if (payload.begun.length > 0) begun.set(payload.user_id, Math.min(at, begun.get(payload.user_id) ?? at))
    const wishes = await preferences.ofAll([...begun.keys()])
    await store.planDigests(
      db.query,
      [...begun].map(([user_id, at]) => ({
        user_id,
        due_at: new Date(nextAt(AT, wishes(user_id).time_zone, at)),
        since: new Date(at - 1),
      })),
    )
  }

  /** Tells of all that are due. */
  async look(signal: AbortSignal): Promise<void> {
    const { db, clock, outbox } = this.#deps
    for (let taken = CHUNK; taken === CHUNK && !signal.aborted; )
      taken = await db.tx(async (tx) => {
        const due = await store.takeDue(tx, new Date(clock.now()), CHUNK)
        await outbox.append(
          tx,
          due.map(({ user_id, due_at, since }) => ({
            type: 'digest.due',
            payload: { user_id, since: since.getTime(), day: due_at.toISOString().slice(0, 10) },
          })),
        )
        return due.length
      })
  }

  /** Writes the mail, unless all was seen, or nobody wants it; after quiet mode, where that is on. */
  async send(userId: UserId, since: number, day: string): Promise<void> {
    const { db, clock, mailer, preferences, notifications, accounts, members, community, siteUrl, logger } =
      this.#deps
    const [address, member, wishes] = await Promise.all([
      accounts.mailbox(userId),
      members.own(userId),
      preferences.of(userId),
    ])
    if (!address || !member || !wishes.digest) return
    const quiet = quietUntil(wishes, clock.now())
    if (quiet !== undefined)
      return store.planDigests(db.query, [
        { user_id: userId, due_at: new Date(quiet), since: new Date(since) },
      ])
    const unread = await notifications.unreadSince(userId, new Date(since), MOST)
    const told = unread.flatMap((shown) => {
      const text = this.#deps.textOf(shown, this.#deps.notices)
      return text && wishes.kinds[text.kind].email ? [{ shown, text }] : []
    })
    if (told.length === 0) return
    const { name } = await community.instance()
    const token = this.#deps.unsubscribing.tokenOf(userId, 'digest')
    const pictures = await this.#pictures(told.map(({ shown }) => shown))
    const rows = told.map(({ text }, at): MailRow => {
      const picture = pictures[at]
      const shown = picture && { src: `cid:${picture.name}`, alt: t('digest.picture') }
      return { text: text.body, url: siteUrl + text.url, ...(shown ? { picture: shown } : {}) }
    })
    const outcome = await mailer.send({
      id: `digest-${userId}-${day}`,
      to: { address, name: member.full_name || member.username },
      subject: t('digest.subject', { count: told.length, community: name }),
      unsubscribe: `${siteUrl}${ONE_CLICK}?token=${token}`,
      thread: `digest-${userId}`,
      pictures: pictures.filter((picture) => picture !== undefined),
      ...mailPage({
        name,
        url: siteUrl,
        title: t('digest.title'),
        lines: [t('digest.hello', { name: member.full_name || member.username })],
        rows,
        action: { label: t('digest.action'), url: `${siteUrl}/notifications` },
        notes: [
          { text: t('digest.end'), url: `${siteUrl}/unsubscribe?token=${token}` },
          { text: t('digest.change'), url: `${siteUrl}/settings/notifications` },
        ],
      }),
    })
    if (outcome === 'refused') logger.warn({ user_id: userId }, 'a daily mail was refused for good')
  }

  async erase(userId: UserId): Promise<void> {
    await store.deleteDigest(this.#deps.db.query, userId)
  }

  /** By position; each comes along with the mail, so that no one learns when it is read. */
  #pictures(all: readonly Shown[]): Promise<(MailPicture | undefined)[]> {
    return Promise.all(
      all.map(async ({ preview }, at) => {
        const bytes = preview.picture ? await this.#deps.thumbnail(preview.picture) : undefined
        return bytes && { name: `${at + 1}.jpg`, contentType: 'image/jpeg', bytes }
      }),
    )
  }
}
