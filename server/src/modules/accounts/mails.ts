import type { FactorChange, GrantId, SessionId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import type { Mailer } from '../../engines/mailer/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { type MailParts, mailPage } from '../../kit/mail-page.ts'
import type { AppGrants } from '../apps/api.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import { type AccountRow, readAccount } from './account-store.ts'
import type { Addresses } from './addresses.ts'
import { readChange, readFormer } from './email-change-store.ts'
import { readLink } from './link-store.ts'
import type { Links } from './links.ts'
import { readSession } from './session-store.ts'
import { t } from './texts.ts'

export interface AccountMailDeps {
  db: Db
  clock: Clock
  logger: Pick<Logger, 'warn'>
  mailer: Pick<Mailer, 'send'>
  addresses: Pick<Addresses, 'former' | 'mailedTo' | 'of' | 'wanted'>
  links: Pick<Links, 'tokenOf'>
  apps: Pick<AppGrants, 'named'>
  members: Pick<Comings, 'own'>
  community: Pick<CommunityGate, 'instance'>
  /** Where people reach us. */
  siteUrl: string
}

interface Letter extends Pick<MailParts, 'lines' | 'action'> {
  /** The same for the same fact, so that it is sent once though the fact is told twice. */
  id: string
  to?: string
  subject: string
  note: string
}

/**
 * The mails about an account. Each looks at the truth when it is written: what was used, taken back or replaced meanwhile is not sent. But for
 * the links that prove an address, mails go to proven ones alone.
 */
export class AccountMails {
  readonly #deps: AccountMailDeps

  constructor(deps: AccountMailDeps) {
    this.#deps = deps
  }

  async link(userId: UserId, link_id: string): Promise<void> {
    const { db, links, clock, addresses } = this.#deps
    const name = { user_id: userId, link_id }
    const [link, account] = [await readLink(db.query, name), await readAccount(db.query, userId)]
    const isOver = !link || link.used_at !== null || link.expires_at.getTime() <= clock.now()
    if (isOver || !account || addresses.of(account) !== addresses.mailedTo(link)) return
    const token = links.tokenOf(name, link.purpose)
    await this.#send(account, (names) => {
      const { purpose } = link
      const lines = purpose === 'verify' ? t('verify.line', names) : t('reset.line')
      return {
        id: `${purpose}-${link_id}`,
        subject: purpose === 'verify' ? t('verify.subject') : t('reset.subject', names),
        lines: [lines],
        action: {
          label: t(`${purpose}.action`),
          url: this.#page(purpose === 'verify' ? '/verify-email' : '/reset-password', token),
        },
        note: t(`${purpose}.note`),
      }
    })
  }

  async passwordChanged(userId: UserId, at: number, id: string): Promise<void> {
    await this.#tellProven(userId, (names) => ({
      id: `password-${id}`,
      subject: t('password.subject'),
      lines: [t('password.line', { ...names, when: instant(at) })],
      action: { label: t('password.action'), url: `${this.#deps.siteUrl}/forgot-password` },
      note: t('password.note'),
    }))
  }

  async factorsChanged(
    userId: UserId,
    { change, at, id }: { change: FactorChange; at: number; id: string },
  ): Promise<void> {
    await this.#tellProven(userId, (names) => ({
      id: `factors-${id}`,
      subject: t(`factors.${change}`),
      lines: [t(`factors.${change}.line`, { ...names, when: instant(at) })],
      action: { label: t('factors.action'), url: `${this.#deps.siteUrl}/settings/security` },
      note: t('factors.note'),
    }))
  }

  /** To who deletes their account: until when they can come back. */
  async leaving(userId: UserId, goneAt: number | undefined, id: string): Promise<void> {
    if (goneAt === undefined) return
    await this.#tellProven(userId, (names) => ({
      id: `leaving-${id}`,
      subject: t('leaving.subject', { when: instant(goneAt) }),
      lines: [t('leaving.line', { ...names, when: instant(goneAt) })],
      action: { label: t('leaving.action'), url: `${this.#deps.siteUrl}/login` },
      note: t('leaving.note'),
    }))
  }

  async newDevice(user_id: UserId, session_id: SessionId): Promise<void> {
    const session = await readSession(this.#deps.db.query, { user_id, session_id })
    if (!session) return
    const { user_agent, ip, created_at } = session
    await this.#tellProven(user_id, (names) => ({
      id: `device-${session_id}`,
      subject: t('device.subject'),
      lines: [
        t('device.line', { ...names, when: instant(created_at.getTime()) }),
        t('device.what', { agent: user_agent || '-', ip }),
      ],
      action: { label: t('device.action'), url: `${this.#deps.siteUrl}/settings/sessions` },
      note: t('device.note'),
    }))
  }

  /** An app is let in for as long as it comes back: whoever did not do that is to know. */
  async appAllowed(userId: UserId, { grant_id, at }: { grant_id: GrantId; at: number }): Promise<void> {
    const found = await this.#deps.apps.named(userId, grant_id)
    if (!found) return
    const kind = found.app_id === null ? 'token' : 'app'
    await this.#tellProven(userId, (names) => ({
      id: `app-${grant_id}`,
      subject: t(`${kind}.subject`),
      lines: [t(`${kind}.line`, { ...names, app: found.name, when: instant(at) })],
      action: {
        label: t('app.action'),
        url: `${this.#deps.siteUrl}/settings/${kind === 'app' ? 'apps' : 'developer'}`,
      },
      note: t('app.note'),
    }))
  }

  /** To both sides; the old one is asked where it was proven. */
  async changeAsked(userId: UserId, change_id: string): Promise<void> {
    const { db, links, addresses } = this.#deps
    const [change, account] = [await readChange(db.query, userId), await readAccount(db.query, userId)]
    if (!account || change?.change_id !== change_id) return
    const name = { user_id: userId, link_id: change_id }
    const email = addresses.wanted(change)
    const url = (side: 'old' | 'new') => this.#page('/confirm-email', links.tokenOf(name, `email_${side}`))
    if (!change.new_confirmed_at)
      await this.#send(account, (names) => ({
        id: `change-new-${change_id}`,
        to: email,
        subject: t('changeNew.subject'),
        lines: [t('changeNew.line', names)],
        action: { label: t('changeNew.action'), url: url('new') },
        note: t('change.note'),
      }))
    if (!change.old_confirmed_at)
      await this.#send(account, (names) => ({
        id: `change-old-${change_id}`,
        subject: t('changeOld.subject'),
        lines: [t('changeOld.line', { ...names, email })],
        action: { label: t('changeOld.action'), url: url('old') },
        note: t('change.note'),
      }))
  }

  /** To the address that it was; none where it was never proven, as nobody there was asked. */
  async changed(userId: UserId, { change_id, was: told }: Changed, id: string): Promise<void> {
    const { db, addresses } = this.#deps
    const account = await readAccount(db.query, userId)
    const former = change_id && (await readFormer(db.query, { user_id: userId, change_id }))
    const was = former ? addresses.former(former) : told
    if (!account || was === undefined) return
    await this.#send(account, (names) => ({
      id: `changed-${id}`,
      to: was,
      subject: t('changed.subject'),
      lines: [t('changed.line', { ...names, email: addresses.of(account) })],
      note: t('changed.note', names),
    }))
  }

  async #tellProven(userId: UserId, write: (names: Names) => Letter): Promise<void> {
    const account = await readAccount(this.#deps.db.query, userId)
    if (account?.email_verified_at) await this.#send(account, write)
  }

  async #send(account: AccountRow, write: (names: Names) => Letter): Promise<void> {
    const { mailer, members, community, siteUrl, logger, addresses } = this.#deps
    const [member, { name }] = [await members.own(account.user_id), await community.instance()]
    if (!member) return
    const called = member.full_name || member.username
    const {
      id,
      to = addresses.of(account),
      subject,
      lines,
      action,
      note,
    } = write({
      username: member.username,
      community: name,
    })
    // Where the key of their address was lost.
    if (!to) return
    const outcome = await mailer.send({
      id,
      to: { address: to, name: called },
      subject: `${subject} · ${name}`,
      thread: `account-${account.user_id}`,
      ...mailPage({
        name,
        url: siteUrl,
        title: subject,
        lines: [t('hello', { name: called }), ...lines],
        notes: [{ text: note }],
        ...(action ? { action } : {}),
      }),
    })
    if (outcome === 'refused') logger.warn({ mail: id }, 'a mail was refused for good')
  }

  #page(path: string, token: string): string {
    return `${this.#deps.siteUrl}${path}?token=${encodeURIComponent(token)}`
  }
}

type Changed = Pick<Event<'user.email_changed'>['payload'], 'change_id' | 'was'>

interface Names {
  username: string
  community: string
}

/** `5 March 2026, 14:03 UTC` */
const instant = (at: number): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`
