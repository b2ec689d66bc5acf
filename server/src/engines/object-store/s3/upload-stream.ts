import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'

/** A store takes 10 000 parts of at least 5 MiB, so the largest object is 80 GiB. */
const PART_BYTES = 8 * 1024 * 1024

/** Pieces of this size but for the last, which may be empty. */
export async function* inPieces(chunks: Readable, bytes = PART_BYTES): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  // Not destroyed where its bytes are not wanted any more: an HTTP request would lose its reply with it.
  for await (const chunk of chunks.iterator({ destroyOnReturn: false })) {
    let rest: Buffer = chunk
    while (size + rest.length > bytes) {
      yield Buffer.concat([...waiting, rest.subarray(0, bytes - size)], bytes)
      rest = rest.subarray(bytes - size)
      waiting = []
      size = 0
    }
    waiting.push(rest)
    size += rest.length
  }
  yield Buffer.concat(waiting, size)
}

interface Target {
  client: S3Client
  at: { Bucket: string; Key: string }
  contentType: string
}

/** Puts pieces together in the store, which shows nothing of them before the last has come. Answers how many bytes they were. */
export async function uploadPieces(
  { client, at, contentType }: Target,
  pieces: AsyncIterable<Buffer>,
): Promise<number> {
  const create = new CreateMultipartUploadCommand({ ...at, ContentType: contentType })
  const { UploadId } = await client.send(create)
  const upload = { ...at, UploadId }
  try {
    const parts: CompletedPart[] = []
    let size = 0
    for await (const piece of pieces) {
      size += piece.length
      const PartNumber = parts.length + 1
      const md5 = createHash('md5').update(piece).digest('base64')
      const sent = { ...upload, PartNumber, Body: piece, ContentMD5: md5 }
      const { ETag } = await client.send(new UploadPartCommand(sent))
      parts.push({ PartNumber, ETag })
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }))
    return size
  } catch (error) {
    // What stays all the same goes by the bucket's rule.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined)
    throw error
  }
}
