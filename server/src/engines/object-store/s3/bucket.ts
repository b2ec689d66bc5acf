import { randomBytes } from 'node:crypto'
import {
  type CORSRule,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  type LifecycleRule,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { StartFailure } from '../../../kit/start-failure.ts'
import { isTaken, refusalOf, s3Client, statusOf } from './client.ts'
import type { S3Settings } from './settings.ts'

export interface BucketTerms {
  /** Origins of the pages that upload into it; none: any. */
  origins: readonly string[]
  /** Makes a bucket that is not there. */
  create: boolean
}

/** What was done, and what the store would not have done, as sentences for its owner. */
export interface BucketReport {
  done: string[]
  refused: string[]
}

/** By this our own rules are known among those that an owner has. */
const ruleOf = ({ prefix }: S3Settings): string => (prefix ? `tintype-${prefix}` : 'tintype')
/** Days that parts of an upload which nobody finished are kept, and what was deleted of a bucket that keeps versions. */
const PARTS_DAYS = 2
const DELETED_DAYS = 30

/** Tries what the server will do, so that a mistake ends the start and not the first upload; then sets up who may upload from where. */
export async function readyBucket(
  settings: S3Settings,
  { origins, create }: BucketTerms,
): Promise<BucketReport> {
  const client = s3Client(settings)
  const report: BucketReport = { done: [], refused: [] }
  try {
    if (create && (await isMade(client, settings))) report.done.push(`Made the bucket ${settings.bucket}.`)
    await probe(client, settings)
    const { bucket } = settings
    await told(report, `browsers may upload into ${bucket}`, () => setCors(client, settings, origins))
    await told(report, `${bucket} clears away unfinished uploads`, () => setLifecycle(client, settings))
    return report
  } catch (error) {
    throw new StartFailure(`The object store cannot be used: ${reasonOf(error, settings)}`, error)
  } finally {
    client.destroy()
  }
}

async function told(report: BucketReport, what: string, set: () => Promise<boolean>): Promise<void> {
  try {
    if (await set()) report.done.push(`Set that ${what}.`)
  } catch (error) {
    report.refused.push(`Could not set that ${what}: the store said ${refusalOf(error) ?? String(error)}.`)
  }
}

async function isMade(client: S3Client, { bucket }: S3Settings): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }))
    return false
  } catch (error) {
    // What else is wrong the probe will say better: an answer without a body has no reason.
    if (statusOf(error) !== 404) return false
  }
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  return true
}

class Unfit extends Error {}

async function probe(client: S3Client, { bucket, prefix }: S3Settings): Promise<void> {
  const Key = `${prefix && `${prefix}/`}.probe/${randomBytes(8).toString('hex')}`
  const at = { Bucket: bucket, Key }
  const put = { ...at, Body: 'probe', IfNoneMatch: '*' }
  await client.send(new PutObjectCommand(put))
  const second = await client.send(new PutObjectCommand(put)).catch((error: unknown) => error)
  const found = await client.send(new GetObjectCommand(at))
  await found.Body?.transformToString()
  await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: Key }))
  await client.send(new DeleteObjectCommand(at))
  if (!isTaken(second))
    throw new Unfit('it overwrites objects though asked not to (If-None-Match), on which uploads rely.')
}

function reasonOf(error: unknown, { bucket, endpoint, region }: S3Settings): string {
  if (error instanceof Unfit) return error.message
  const where = endpoint || `Amazon's S3 in ${region}`
  switch (refusalOf(error)) {
    case 'NoSuchBucket':
      return `there is no bucket ${bucket} (S3_BUCKET) at ${where}; npm run migrate makes it.`
    case 'InvalidAccessKeyId':
      return `${where} does not know the key of S3_ACCESS_KEY_ID.`
    case 'SignatureDoesNotMatch':
      return `S3_SECRET_ACCESS_KEY is not the secret of S3_ACCESS_KEY_ID, says ${where}.`
    case 'AccessDenied':
      return `the keys may not put, read, list and delete in the bucket ${bucket}, says ${where}.`
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
      return `the bucket ${bucket} is not in the region ${region} (S3_REGION).`
    case undefined:
      return `${where} (S3_ENDPOINT) cannot be reached: ${messageOf(error)}.`
    default:
      return `${where} said ${messageOf(error)}.`
  }
}

const messageOf = (error: unknown): string => {
  const { name, message, code } = error as Error & { code?: string }
  return message || code || name
}

/** True where something changed. Rules of others stay. */
async function setCors(client: S3Client, settings: S3Settings, origins: readonly string[]): Promise<boolean> {
  const { bucket } = settings
  const mine: CORSRule = {
    ID: ruleOf(settings),
    AllowedMethods: ['PUT'],
    AllowedOrigins: origins.length > 0 ? [...origins] : ['*'],
    AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 3600,
  }
  const { CORSRules = [] } = await orNone(client.send(new GetBucketCorsCommand({ Bucket: bucket })))
  if (isAmong(CORSRules, mine)) return false
  const rules = [...CORSRules.filter(({ ID }) => ID !== mine.ID), mine]
  await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: rules } }))
  return true
}

async function setLifecycle(client: S3Client, settings: S3Settings): Promise<boolean> {
  const { bucket, prefix } = settings
  const mine: LifecycleRule = {
    ID: ruleOf(settings),
    Status: 'Enabled',
    Filter: { Prefix: prefix && `${prefix}/` },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: PARTS_DAYS },
    NoncurrentVersionExpiration: { NoncurrentDays: DELETED_DAYS },
  }
  const asked = client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))
  const { Rules = [] } = await orNone(asked)
  if (isAmong(Rules, mine)) return false
  const LifecycleConfiguration = { Rules: [...Rules.filter(({ ID }) => ID !== mine.ID), mine] }
  await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration }))
  return true
}

const NONE = new Set(['NoSuchCORSConfiguration', 'NoSuchLifecycleConfiguration'])

async function orNone<T extends object>(asked: Promise<T>): Promise<Partial<T>> {
  try {
    return await asked
  } catch (error) {
    if (NONE.has(refusalOf(error) ?? '')) return {}
    throw error
  }
}

/** What a store leaves out of its answer it does not know, and would not with another request. */
const isAmong = <R extends { ID?: string | undefined }>(rules: readonly R[], mine: R): boolean =>
  rules.some((rule) => rule.ID === mine.ID && isEqualAsText(rule, mine))

const isEqualAsText = (one: object, other: object): boolean => sorted(one) === sorted(other)

const sorted = (rule: object): string =>
  JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1)))
