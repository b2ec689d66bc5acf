import type { Mail } from './port.ts'

/** The community's own name and address, `Tintype <tintype@example.org>`, and when it is now. */
export interface Sender {
  from: { name: string; address: string }
  now(): number
}

/** A mail as nodemailer takes it. What becomes a header is one line, whatever was in it. */
export function composed(mail: Mail, { from, now }: Sender) {
  const domain = from.address.split('@').at(-1) ?? 'localhost'
  const thread = mail.thread && `<thread.${mail.thread}@${domain}>`
  return {
    from: { name: line(from.name), address: from.address },
    to: { name: line(mail.to.name ?? ''), address: line(mail.to.address) },
    subject: line(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.id}@${domain}>`,
    date: new Date(now()),
    ...(thread ? { inReplyTo: thread, references: thread } : {}),
    headers: {
      // No out-of-office reply comes back (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(mail.unsubscribe
        ? {
            'List-Unsubscribe': `<${mail.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
    attachments: (mail.pictures ?? []).map(({ name, contentType, bytes }) => ({
      cid: name,
      filename: name,
      contentType,
      content: bytes,
      contentDisposition: 'inline' as const,
    })),
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const line = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
