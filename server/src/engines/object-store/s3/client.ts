import { S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { TintypeError } from '@tintype/contract'
import type { S3Settings } from './settings.ts'

/** Milliseconds: for a connection, and between two signs of life of one that was made. */
const CONNECT_MS = 3000
const SILENCE_MS = 30_000
const SOCKETS = 256

/** `endpoint`: where the store is reached; by browsers it may be another address. */
export const s3Client = (settings: S3Settings, endpoint = settings.endpoint): S3Client =>
  new S3Client({
    ...(endpoint && { endpoint }),
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // The client's own would be CRCs, which not every store knows and which a signed link would bind to an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      httpAgent: { maxSockets: SOCKETS },
      httpsAgent: { maxSockets: SOCKETS },
    },
    // A line for each would drown the log where the store is slow; what fails is told anyway.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  })

/** How a store's refusal is named; undefined where none was heard. */
export const refusalOf = (error: unknown): string | undefined =>
  error instanceof S3ServiceException ? error.name : undefined

export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined

const ABSENT = new Set(['NoSuchKey', 'NotFound', 'NoSuchUpload'])

export const isAbsent = (error: unknown): boolean => ABSENT.has(refusalOf(error) ?? '')

/** Somebody else was there before. */
export const isTaken = (error: unknown): boolean => [409, 412].includes(statusOf(error) ?? 0)

/**
 * What a caller hears of a request that failed: absent, or a store that cannot be used now. What did not come of a request (the
 * client marks those that did) is passed on.
 */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof Error && '$metadata' in error)) return error
  if (isAbsent(error)) return new TintypeError('not_found', { cause: error })
  if (statusOf(error) === 416) return new TintypeError('bad_request', { cause: error })
  return new TintypeError('unavailable', { message: 'The object store cannot be used.', cause: error })
}

/** Nobody answered, or somebody who cannot do their work. */
export function isSilence(error: unknown): boolean {
  const fault = faultOf(error)
  return fault instanceof TintypeError && fault.code === 'unavailable' && (statusOf(error) ?? 500) >= 500
}
