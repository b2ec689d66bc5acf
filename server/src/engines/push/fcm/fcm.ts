import { JWT } from 'google-auth-library'
import { within } from '../../../kit/within.ts'
import type { PushNote, PushOutcome, PushTarget, PushTerms } from '../port.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Sending } from '../sending.ts'

export interface FcmOptions {
  /** Of the JSON file that Google gives for a service account. */
  credentials: { project_id: string; client_email: string; private_key: string }
  now(): number
  patienceMs: number
  /** How requests to Google go out; a test has them go to a stand-in. */
  fetch?: typeof fetch
}

type FirebaseTarget = Extract<PushTarget, { kind: 'fcm' }>

const SERVICE = 'https://fcm.googleapis.com'

/** To apps on Android (and wherever else Firebase reaches), by its HTTP interface, version 1. */
export class Fcm implements Sending<FirebaseTarget> {
  readonly #options: FcmOptions
  readonly #fetch: typeof fetch
  readonly #url: string
  #auth: JWT

  constructor(options: FcmOptions) {
    const { project_id, client_email, private_key } = options.credentials
    if (!project_id || !client_email || !private_key)
      throw new Error('it has no project_id, client_email and private_key')
    this.#options = options
    this.#fetch = options.fetch ?? fetch
    this.#url = `${SERVICE}/v1/projects/${encodeURIComponent(project_id)}/messages:send`
    this.#auth = this.#logIn()
  }

  accepts({ token }: FirebaseTarget): boolean {
    return /^[\w:-]{20,4096}$/.test(token)
  }

  hostOf(): string {
    return new URL(SERVICE).host
  }

  async send(target: FirebaseTarget, note: PushNote, terms: PushTerms): Promise<PushOutcome> {
    const { patienceMs } = this.#options
    try {
      const token = await within(patienceMs / 2, this.#auth.getAccessToken())
      const reply = await this.#fetch(this.#url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ message: messageOf(target, note, terms) }),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs / 2),
      })
      return await this.#outcomeOf(reply)
    } catch (error) {
      return { status: 'later', reason: (error as NodeJS.ErrnoException).code ?? (error as Error).message }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #outcomeOf(reply: Response): Promise<PushOutcome> {
    const body = await reply.text()
    if (reply.ok) return { status: 'taken' }
    const code = errorCodeIn(body)
    if (code === 'UNREGISTERED' || code === 'SENDER_ID_MISMATCH' || reply.status === 404)
      return { status: 'gone' }
    const reason = code || `answered ${reply.status}`
    // A token that was taken back; the next try fetches another.
    if (reply.status === 401) this.#auth = this.#logIn()
    if (reply.status !== 401 && reply.status !== 429 && reply.status < 500)
      return { status: 'refused', reason }
    const afterMs = retryAfterMs(reply.headers.get('retry-after'), this.#options.now())
    return { status: 'later', reason, ...(afterMs === undefined ? {} : { afterMs }) }
  }

  #logIn(): JWT {
    const { client_email, private_key } = this.#options.credentials
    return new JWT({
      email: client_email,
      key: private_key,
      scopes: ['https://www.googleapis.com/auth/firebase.messaging'],
      transporterOptions: { fetchImplementation: this.#fetch, retry: false },
    })
  }
}

/** What is shown is the phone's to show; what takes it away is the app's to read. */
function messageOf({ token }: FirebaseTarget, note: PushNote, { urgency, ttl }: PushTerms) {
  const { action, tag, title, body, url, badge, quiet } = note
  const android = {
    collapse_key: tag,
    priority: urgency === 'high' ? 'HIGH' : 'NORMAL',
    ttl: `${Math.round(ttl)}s`,
  }
  const data = { action, tag, url, badge: String(badge) }
  if (action === 'close') return { token, data, android }
  const notification = { tag, notification_count: badge, ...(quiet ? {} : { default_sound: true }) }
  return { token, data, notification: { title, body }, android: { ...android, notification } }
}

function errorCodeIn(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { status?: string; details?: { errorCode?: string }[] } }
    return error?.details?.find(({ errorCode }) => errorCode)?.errorCode ?? error?.status ?? ''
  } catch {
    return ''
  }
}
