import { TintypeError } from '@tintype/contract'
import { createTransport } from 'nodemailer'
import { breaker } from '../../../kit/breaker.ts'
import { within } from '../../../kit/within.ts'
import { composed, type Sender } from '../compose.ts'
import type { Mail, Mailer, MailOutcome } from '../port.ts'

export interface SmtpOptions extends Sender {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string
  /** Milliseconds for one mail; a test waits less. */
  patienceMs?: number
}

const PATIENCE_MS = 45_000
/** What a server that does not answer is left alone for. */
const REST_MS = 5000

/** Hands mails to a mail server, over a few connections that are kept. */
export function openSmtp({ url, patienceMs = PATIENCE_MS, ...sender }: SmtpOptions): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    connectionTimeout: Math.min(10_000, patienceMs),
    greetingTimeout: Math.min(10_000, patienceMs),
    socketTimeout: patienceMs,
    // What a mail is made of is in the mail: nothing is fetched while it is composed.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const ask = breaker({ name: 'The mail server', isSilence: (error) => !isRefusal(error), restMs: REST_MS })
  return {
    async send(mail: Mail): Promise<MailOutcome> {
      try {
        const letter = composed(mail, sender)
        await ask(() => within(patienceMs, transport.sendMail(letter)))
        return 'taken'
      } catch (error) {
        if (isRefusal(error)) return 'refused'
        if (error instanceof TintypeError) throw error
        throw new TintypeError('unavailable', { cause: withoutAddresses(error) })
      }
    },
    async [Symbol.asyncDispose]() {
      transport.close()
    },
  }
}

/** A 5xx to the mail or its recipient. One to the log-in is the owner's mistake, who mends it while the mails wait. */
function isRefusal(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500 && responseCode < 600
}

/** What a mail server says names whom the mail is for, and a failure is logged. */
function withoutAddresses(error: unknown): Error {
  const { code, responseCode, message } = error as Error & { code?: string; responseCode?: number }
  return Object.assign(new Error(message.replace(/[^\s<>"']+@[^\s<>"']+/g, '[address]')), {
    code,
    responseCode,
  })
}
