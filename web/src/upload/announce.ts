import type { Client, UploadTicket } from '@tintype/contract'
import { codeOf } from './failure.ts'
import { randomKey } from './random-key.ts'
import { type RetryTerms, withRetries } from './retry.ts'

export interface Announced {
  blob: Blob
  contentType: string
  sha256: string
}
export type Answer = { ticket: UploadTicket } | { error: unknown }

/**
 * Announces files in one request and answers for each, in order. Never rejects. Where the server refuses a kind of
 * file, each is asked for alone, so that one refused file does not take the others with it.
 */
export async function announce(
  client: { media: Pick<Client['media'], 'requestUploads'> },
  files: readonly Announced[],
  terms: RetryTerms,
): Promise<Answer[]> {
  if (files.length === 0) return []
  const headers = { 'idempotency-key': randomKey() }
  const body = {
    files: files.map(({ blob, contentType, sha256 }) => ({
      content_type: contentType,
      size: blob.size,
      sha256,
    })),
  }
  try {
    const { uploads } = await withRetries(() => client.media.requestUploads({ body, headers }), terms)
    return files.map((_, index) => answerOf(uploads[index]))
  } catch (error) {
    if (files.length === 1 || !codeOf(error).startsWith('media_')) return files.map(() => ({ error }))
    return (await Promise.all(files.map((file) => announce(client, [file], terms)))).flat()
  }
}

const answerOf = (ticket: UploadTicket | undefined): Answer =>
  ticket ? { ticket } : { error: new Error('the server answered for fewer files than were announced') }
