import { createHash } from 'node:crypto'
import { type Client, createClient, type PostId, TintypeError, type UploadId } from '@tintype/contract'

/** What every demo member logs in with. */
export const PASSWORD = 'silver under a red light'

/** A member at the front door: every call goes over HTTP. */
export class Account {
  readonly api: Client
  readonly #baseUrl: string
  readonly #username: string
  #token: string | null = null

  constructor(baseUrl: string, username: string) {
    this.#baseUrl = baseUrl
    this.#username = username
    this.api = createClient({
      baseUrl,
      headers: (): Record<string, string> => (this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
    })
  }

  async register(fullName: string): Promise<void> {
    const username = this.#username
    const body = { username, email: `${username}@demo.example`, password: PASSWORD, full_name: fullName }
    this.#token = (await this.api.accounts.register({ body })).access_token
  }

  /** So that the settings of a demo member list only the visitor's own sessions. */
  async logOut(): Promise<void> {
    if (this.#token) await this.api.accounts.logoutEverywhere()
    this.#token = null
  }

  /** Announces files, JPEGs unless given, and sends each to its presigned URL. */
  async upload(files: readonly Buffer[], content_type = 'image/jpeg'): Promise<UploadId[]> {
    const announced = files.map((bytes) => ({
      content_type,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }))
    const { uploads } = await this.api.media.requestUploads({ body: { files: announced } })
    for (const [index, { url, method, headers }] of uploads.entries()) {
      const body = new Uint8Array(files[index] ?? [])
      const answer = await fetch(new URL(url, this.#baseUrl), { method, headers, body })
      if (!answer.ok)
        throw new Error(`sending a photograph answered ${answer.status}: ${await answer.text()}`)
    }
    return uploads.map(({ upload_id }) => upload_id)
  }

  /** Is a post through the darkroom? Rejects where it failed there. */
  async isPublished(post_id: PostId): Promise<boolean> {
    const { status, failure } = await this.api.posts.get({ params: { post_id } })
    if (status === 'failed')
      throw new TintypeError('internal', { message: `a demo photograph failed: ${failure?.code}` })
    return status === 'published'
  }
}
