/** A picture inside a mail; its HTML shows it as `cid:<name>`. */
export interface MailPicture {
  name: string
  contentType: string
  bytes: Buffer
}

export interface Mail {
  /** Letters, digits, `._-`; at most 120. The same mail sent again, after a crash, has the same one. */
  id: string
  to: { address: string; name?: string }
  subject: string
  text: string
  html: string
  pictures?: readonly MailPicture[]
  /** Mails that name the same one are shown as one conversation. */
  thread?: string
  /** Where one click ends mails of this kind (RFC 8058): an address that takes the POST of a mail program. */
  unsubscribe?: string
}

/** `refused`: this mail will never be taken (the mailbox does not exist, say); sending it again is no use. */
export type MailOutcome = 'taken' | 'refused'

/** Hands mails on to whoever delivers them. Knows nothing of who is told what. */
export interface Mailer extends AsyncDisposable {
  /**
   * Resolves once somebody else answers for the mail, or has refused it for good. Rejects with `unavailable` where it may be tried again.
   * Settles within a minute, however the other side behaves. A mail sent twice by its id has one Message-ID.
   */
  send(mail: Mail): Promise<MailOutcome>
}

/** What the owner reads of a mail that was written into the folder. */
export interface WrittenMail {
  id: string
  to: string
  subject: string
  text: string
  /** Milliseconds since 1970. */
  at: number
}

/** Mails that nobody delivers: the owner reads them, and passes on what somebody waits for. */
export interface MailFolder {
  /** Newest first, at most so many. */
  list(limit: number): Promise<WrittenMail[]>
}
