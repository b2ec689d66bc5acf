import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type Part,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { TintypeError } from '@tintype/contract'
import type { PutTerms } from '../port.ts'
import { isAbsent, isTaken, refusalOf } from './client.ts'

interface At {
  Bucket: string
  Key: string
}

interface Plan {
  size: number
  partSize: number
  uploadId: string
}

/** Parts may come again while they are put together, which the store then refuses. */
const TRIES = 5

/**
 * Uploads in parts, straight to the store. It does not know how many there will be, so the id that is given out says it:
 * `{size}-{part size}-{the store's own id}`.
 */
export class S3Multipart {
  readonly #client: S3Client
  readonly #signing: S3Client

  constructor(client: S3Client, signing: S3Client) {
    this.#client = client
    this.#signing = signing
  }

  async create(
    at: At,
    { size, partSize, contentType, expiresIn }: Omit<PutTerms, 'sha256'> & { partSize: number },
  ) {
    const made = await this.#client.send(
      new CreateMultipartUploadCommand({ ...at, ContentType: contentType }),
    )
    const plan = { size, partSize, uploadId: made.UploadId ?? '' }
    const parts = await Promise.all(
      Array.from({ length: countOf(plan) }, async (_, index) => {
        const part = { ...at, UploadId: plan.uploadId, PartNumber: index + 1 }
        const command = new UploadPartCommand({ ...part, ContentLength: lengthOf(plan, index + 1) })
        const signableHeaders = new Set(['content-length', 'host'])
        const url = await getSignedUrl(this.#signing, command, { expiresIn, signableHeaders })
        return { partNumber: index + 1, url }
      }),
    )
    return { multipartId: `${size}-${partSize}-${plan.uploadId}`, parts }
  }

  async list(at: At, multipartId: string): Promise<number[]> {
    const parts = await this.#parts(at, planOf(multipartId))
    return (parts ?? []).map(({ PartNumber }) => PartNumber ?? 0)
  }

  /** False where there is no such upload any more, or something stands there already. Throws `upload_incomplete`. */
  async complete(at: At, multipartId: string): Promise<boolean> {
    const plan = planOf(multipartId)
    for (let tries = 1; ; tries++) {
      const parts = await this.#parts(at, plan)
      if (!parts) return false
      if (parts.length !== countOf(plan)) throw new TintypeError('upload_incomplete')
      try {
        await this.#client.send(
          new CompleteMultipartUploadCommand({
            ...at,
            UploadId: plan.uploadId,
            IfNoneMatch: '*',
            MultipartUpload: { Parts: parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })) },
          }),
        )
        return true
      } catch (error) {
        if (isAbsent(error)) return false
        if (isTaken(error)) {
          await this.abort(at, multipartId)
          return false
        }
        if (refusalOf(error) !== 'InvalidPart' || tries === TRIES) throw error
      }
    }
  }

  async abort(at: At, multipartId: string): Promise<void> {
    const { uploadId } = planOf(multipartId)
    try {
      await this.#client.send(new AbortMultipartUploadCommand({ ...at, UploadId: uploadId }))
    } catch (error) {
      if (!isAbsent(error)) throw error
    }
  }

  /** Those of the right size, ascending; undefined where there is no such upload any more. */
  async #parts(at: At, plan: Plan): Promise<Part[] | undefined> {
    const found: Part[] = []
    try {
      // The client's own way through the pages goes by the marker, which some stores send with the last one, too.
      for (let marker: string | undefined, isMore = true; isMore; ) {
        const asked = { ...at, UploadId: plan.uploadId, PartNumberMarker: marker }
        const page = await this.#client.send(new ListPartsCommand(asked))
        found.push(...(page.Parts ?? []))
        marker = page.NextPartNumberMarker
        isMore = page.IsTruncated === true && marker !== undefined
      }
    } catch (error) {
      if (isAbsent(error)) return undefined
      throw error
    }
    return found.filter(({ PartNumber = 0, Size }) => Size === lengthOf(plan, PartNumber))
  }
}

function planOf(multipartId: string): Plan {
  const [, size, partSize, uploadId] = /^(\d+)-(\d+)-(\S+)$/.exec(multipartId) ?? []
  if (!uploadId) throw new TintypeError('upload_not_found')
  return { size: Number(size), partSize: Number(partSize), uploadId }
}

const countOf = ({ size, partSize }: Plan): number => Math.max(1, Math.ceil(size / partSize))

const lengthOf = ({ size, partSize }: Plan, number: number): number =>
  Math.min(partSize, size - (number - 1) * partSize)
