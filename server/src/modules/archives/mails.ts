import type { ExportId, UserId } from '@tintype/contract'
import { mailPage } from '../../kit/mail-page.ts'
import { dayOf } from './album.ts'
import type { ArchiveDeps } from './deps.ts'
import { findExport } from './export-store.ts'
import { sizeText, t } from './texts.ts'

/** Tells members, at proven addresses alone, that their archive is there. The link leads into the app: a mail carries no right. */
export class ArchiveMails {
  readonly #deps: ArchiveDeps

  constructor(deps: ArchiveDeps) {
    this.#deps = deps
  }

  async tell(userId: UserId, id: ExportId): Promise<void> {
    const { db, mailboxes, members, mailer, community, siteUrl, logger } = this.#deps
    const [row, address, member, { name }] = await Promise.all([
      findExport(db.query, userId, id),
      mailboxes.mailbox(userId),
      members.own(userId),
      community.instance(),
    ])
    if (row?.state !== 'ready' || !row.expires_at || !address || !member) return
    const called = member.full_name || member.username
    const subject = t('export.subject')
    const outcome = await mailer.send({
      id: `export-${id}`,
      to: { address, name: called },
      subject: `${subject} · ${name}`,
      ...mailPage({
        name,
        url: siteUrl,
        title: subject,
        lines: [
          t('hello', { name: called }),
          t('export.line', { community: name, size: sizeText(Number(row.size)) }),
          t('export.until', { when: dayOf(row.expires_at) }),
        ],
        action: { label: t('export.action'), url: `${siteUrl}/settings/data` },
        notes: [{ text: t('export.note') }],
      }),
    })
    if (outcome === 'refused') logger.warn({ export: id }, 'a mail was refused for good')
  }
}
