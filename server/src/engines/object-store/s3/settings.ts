import type { SettingsReader } from '../../../kit/settings.ts'

export interface S3Settings {
  /** Empty: Amazon's own of the region. */
  endpoint: string
  region: string
  bucket: string
  /** What keys begin with, where communities share a bucket. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
  /** Where browsers reach the store, if it is another address than the server's. */
  publicUrl: string
  /** The bucket stands in the path, not in the host's name. */
  pathStyle: boolean
}

type Read = Pick<SettingsReader, 'text' | 'url' | 'flag' | 'mistakes'>

/** The same settings under names that begin with something more. */
export const named = (before: string, { text, url, flag, mistakes }: SettingsReader): Read => ({
  text: (name, fallback) => text(before + name, fallback),
  url: (name, protocols) => url(before + name, protocols),
  flag: (name, fallback) => flag(before + name, fallback),
  mistakes,
})

/** Undefined where no bucket is named. */
export function s3Settings(read: Read): S3Settings | undefined {
  const endpoint = read.url('S3_ENDPOINT')
  const settings = {
    endpoint,
    region: read.text('S3_REGION', 'us-east-1'),
    bucket: read.text('S3_BUCKET', ''),
    prefix: read.text('S3_PREFIX', ''),
    accessKeyId: read.text('S3_ACCESS_KEY_ID', ''),
    secretAccessKey: read.text('S3_SECRET_ACCESS_KEY', ''),
    publicUrl: read.url('S3_PUBLIC_URL'),
    pathStyle: read.flag('S3_PATH_STYLE', endpoint !== ''),
  }
  read.mistakes.push(...mistakesIn(settings))
  return settings.bucket ? settings : undefined
}

function* mistakesIn({ endpoint, bucket, prefix, accessKeyId, secretAccessKey }: S3Settings) {
  if (!bucket) {
    if (endpoint) yield 'S3_ENDPOINT is set, but S3_BUCKET is not.'
    return
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    yield `S3_BUCKET is "${bucket}", but must be 3 to 63 small letters, digits, dots or dashes.`
  if (!/^[A-Za-z0-9_-]{0,60}$/.test(prefix)) yield 'S3_PREFIX must be at most 60 letters, digits, _ or -.'
  if (!accessKeyId || !secretAccessKey)
    yield 'S3_BUCKET wants S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it.'
}
