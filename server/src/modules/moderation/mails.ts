import type { ActId, UserId } from '@tintype/contract'
import { mailPage } from '../../kit/mail-page.ts'
import { readActs, type ToldAct } from './act-store.ts'
import type { ModerationDeps } from './deps.ts'
import { ruleNames, subjectOfMail, t } from './texts.ts'

type Told = 'acted' | 'lifted' | 'refused'
interface Letter {
  subject: string
  lines: string[]
  note?: string
}

/** Tells members by mail what moderators did: which rule, about what, and what can be done. To proven addresses alone. */
export class ModerationMails {
  readonly #deps: ModerationDeps

  constructor(deps: ModerationDeps) {
    this.#deps = deps
  }

  async tell(userId: UserId, actId: ActId, what: Told): Promise<void> {
    const { db, mailboxes, members, mailer, community, siteUrl, logger } = this.#deps
    const [[act], address, member, { name }] = await Promise.all([
      readActs(db.query, [actId]),
      mailboxes.mailbox(userId),
      members.own(userId),
      community.instance(),
    ])
    // One that was taken back before it could be told of is told of as such alone.
    if (!act || !address || !member || (what === 'acted' && (act.lifted_at || isSlight(act)))) return
    const called = member.full_name || member.username
    const { subject, lines, note } = letterOf(act, what, name)
    const isOut = act.act === 'suspend' && act.lifted_at === null
    const outcome = await mailer.send({
      id: `moderation-${what}-${actId}`,
      to: { address, name: called },
      subject: `${subject} · ${name}`,
      thread: `moderation-${actId}`,
      ...mailPage({
        name,
        url: siteUrl,
        title: subject,
        lines: [t('hello', { name: called }), ...lines],
        action: isOut
          ? { label: t('logIn'), url: `${siteUrl}/login` }
          : { label: t('action'), url: `${siteUrl}/settings/status` },
        notes: note ? [{ text: note }] : [],
      }),
    })
    if (outcome === 'refused') logger.warn({ act: actId }, 'a mail was refused for good')
  }
}

/** A cover that was laid by itself: a notice in the app is enough. */
const isSlight = ({ act, automatic }: ToldAct): boolean => automatic && act === 'mark_sensitive'

function letterOf(act: ToldAct, what: Told, community: string): Letter {
  const when = dayOf(act.created_at)
  const answer = act.appeal_answer ? [t('message', { text: act.appeal_answer })] : []
  if (what === 'lifted')
    return { subject: t('lifted.subject'), lines: [t('lifted.line', { when }), ...answer] }
  if (what === 'refused')
    return { subject: t('refused.subject'), lines: [t('refused.line', { when }), ...answer] }
  return {
    subject: subjectOfMail(act.act),
    lines: [
      t(`line.${act.act}`, { community }),
      t('rule', { rule: ruleNames[act.rule] }),
      ...(act.excerpt ? [t('excerpt', { text: act.excerpt })] : []),
      ...(act.message ? [t('message', { text: act.message })] : []),
      ...(act.ends_at ? [t('until', { when: dayOf(act.ends_at) })] : []),
    ],
    note: t('note'),
  }
}

/** `5 March 2026, 14:03 UTC` */
const dayOf = (at: Date): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`
