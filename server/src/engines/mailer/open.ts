import { join } from 'node:path'
import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { Mailer, MailFolder } from './port.ts'

export const mailerSettings = (read: SettingsReader) => ({
  /** Empty: mails are written into DATA_DIR/mail. */
  smtpUrl: read.url('SMTP_URL', ['smtp:', 'smtps:']),
  mailFrom: mailbox(read),
})

function mailbox(read: SettingsReader): { name: string; address: string } {
  const text = read.text('MAIL_FROM', 'Tintype <tintype@localhost>')
  const [, called = '', address = text] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? []
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address))
    read.mistakes.push(`MAIL_FROM is "${text}", but must be an address, or a name with an <address>.`)
  return { name: called.replace(/^"|"$/g, ''), address }
}

interface Options {
  settings: ReturnType<typeof mailerSettings> & { dataDir: string }
  clock: Clock
}

export interface OpenMailer {
  mailer: Mailer
  /** Where mails lie that nobody delivers. */
  folder: MailFolder | undefined
}

/** A mail server where there is one, else files. */
export async function openMailer({ settings, clock }: Options): Promise<OpenMailer> {
  const { smtpUrl, mailFrom, dataDir } = settings
  const sender = { from: mailFrom, now: () => clock.now() }
  if (smtpUrl) {
    const { openSmtp } = await import('./smtp/smtp.ts')
    return { mailer: openSmtp({ ...sender, url: smtpUrl }), folder: undefined }
  }
  const { MailFiles } = await import('./files/folder.ts')
  const folder = await MailFiles.open({ ...sender, directory: join(dataDir, 'mail') })
  return { mailer: folder, folder }
}
