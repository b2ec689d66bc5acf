import {
  type Body,
  type Client,
  type Post,
  type Routes,
  TintypeError,
  type UploadId,
} from '@tintype/contract'
import { codeOf, knownCode } from './failure.ts'
import type { Network } from './network.ts'
import { type Pause, withRetries } from './retry.ts'
import type { Uploads } from './uploads.ts'

/** A post without its pictures' upload ids, which are known only once all have arrived. */
export type PostText = Omit<Body<Routes['posts']['confirm']>, 'upload_ids'>

export interface PublishTerms {
  client: { posts: Pick<Client['posts'], 'confirm' | 'get'> }
  uploads: Pick<Uploads, 'arrived' | 'restart'>
  network: Network
  signal: AbortSignal
  onStage: (stage: 'sending' | 'confirming' | 'processing', post?: Post) => void
  onPause?: (pause: Pause | null) => void
}

export interface ToPublish {
  /** Files in the order of the post, by the page's own names. */
  fileIds: readonly string[]
  text: PostText
  /** One per post, kept through every retry and reload: the server makes one post of it, however often it is asked. */
  idempotencyKey: string
}

/** The server says the uploads cannot make a post as they are, though they once arrived. */
const lostUploads = new Set([
  'upload_expired',
  'upload_not_found',
  'upload_incomplete',
  'media_size_mismatch',
])

/**
 * Waits for the files, makes the post, and waits until it is published. Rejects with TransferFailed, with the server's refusal,
 * or with the failure of the post where a picture could not be processed.
 */
export async function publish(toPublish: ToPublish, terms: PublishTerms): Promise<Post> {
  const { onStage } = terms
  onStage('sending')
  const post = await confirm(toPublish, terms)
  onStage('processing', post)
  return untilPublished(post, terms)
}

async function confirm(toPublish: ToPublish, terms: PublishTerms): Promise<Post> {
  const { uploads, signal, onStage } = terms
  const { fileIds } = toPublish
  try {
    const uploadIds = await uploads.arrived(fileIds, signal)
    onStage('confirming')
    return await sendConfirm(toPublish, uploadIds, terms)
  } catch (error) {
    if (!lostUploads.has(codeOf(error))) throw error
  }
  // Once is bad luck (a laptop asleep over the expiry); twice is something people should hear of.
  onStage('sending')
  uploads.restart(fileIds)
  const uploadIds = await uploads.arrived(fileIds, signal)
  onStage('confirming')
  return sendConfirm({ ...toPublish, idempotencyKey: `${toPublish.idempotencyKey}-2` }, uploadIds, terms)
}

const sendConfirm = (
  { text, idempotencyKey }: ToPublish,
  uploadIds: UploadId[],
  { client, ...terms }: PublishTerms,
): Promise<Post> =>
  withRetries(
    () =>
      client.posts.confirm({
        body: { ...text, upload_ids: uploadIds },
        headers: { 'idempotency-key': idempotencyKey },
        signal: terms.signal,
      }),
    terms,
  )

const FIRST_LOOK = 250
const LONGEST_LOOK = 4000

async function untilPublished(
  post: Post,
  { client, network, signal, ...terms }: PublishTerms,
): Promise<Post> {
  let now = post
  for (let delay = FIRST_LOOK; now.status === 'processing'; delay = Math.min(LONGEST_LOOK, delay * 1.4)) {
    await network.pause(delay, signal)
    const params = { post_id: post.post_id }
    now = await withRetries(() => client.posts.get({ params, signal }), { network, signal, ...terms })
  }
  if (now.status === 'failed') throw failureOf(now)
  return now
}

/** The post's own failure as the error it stands for. */
function failureOf({ failure }: Post): TintypeError {
  return new TintypeError(knownCode(failure?.code), { message: failure?.message })
}
