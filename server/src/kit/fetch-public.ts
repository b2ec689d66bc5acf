import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isPublicHost, lookupPublic } from './public-address.ts'

export interface FetchOptions {
  /** What is wanted, as in `Accept`. */
  accept: string
  userAgent: string
  /** Of the body; what is beyond is not read. */
  mostBytes: number
  /** For all of it, redirects included, milliseconds. */
  patienceMs: number
  /** Also from hosts of one's own network, at any port: for tests. */
  allowPrivate: boolean
  signal?: AbortSignal
}

export interface Fetched {
  /** Where it was found in the end. */
  url: URL
  /** `Content-Type` as it was sent. */
  type: string
  bytes: Buffer
  /** Whether that is all of it. */
  isWhole: boolean
}

const REDIRECTS = 3

/**
 * GET of an address that somebody else chose: of the open internet alone, at the usual ports, without credentials, cookies or a referrer, each
 * redirect looked at anew. Undefined where nothing is there, where it may not be asked, or takes too long.
 */
export async function fetchPublic(address: string, options: FetchOptions): Promise<Fetched | undefined> {
  const timeout = AbortSignal.timeout(options.patienceMs)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  let url = URL.parse(address)
  for (let hops = 0; url && hops <= REDIRECTS; hops++) {
    if (!mayAsk(url, options)) return undefined
    const found = await get(url, { ...options, signal }).catch(() => undefined)
    if (!found || 'bytes' in found) return found
    url = URL.parse(found.location, url.href)
  }
  return undefined
}

function mayAsk({ protocol, hostname, port, username, password }: URL, { allowPrivate }: FetchOptions) {
  if (!(protocol === 'https:' || protocol === 'http:') || username || password) return false
  return allowPrivate || (port === '' && isPublicHost(hostname))
}

async function get(
  url: URL,
  { accept, userAgent, mostBytes, allowPrivate, signal }: FetchOptions & { signal: AbortSignal },
): Promise<Fetched | { location: string } | undefined> {
  const request = url.protocol === 'https:' ? overHttps : overHttp
  const headers = { accept, 'user-agent': userAgent, 'accept-encoding': 'identity' }
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof get>>>()
  const asked = request(
    url,
    { headers, signal, agent: false, ...(allowPrivate ? {} : { lookup: lookupPublic }) },
    (reply) => {
      const { statusCode = 0, headers: told } = reply
      const finish = (answer: Awaited<ReturnType<typeof get>>) => {
        reply.destroy()
        resolve(answer)
      }
      if (statusCode >= 300 && statusCode < 400 && told.location) return finish({ location: told.location })
      if (statusCode !== 200 || (told['content-encoding'] ?? 'identity') !== 'identity')
        return finish(undefined)
      const chunks: Buffer[] = []
      let size = 0
      const done = (isWhole: boolean) => {
        const bytes = Buffer.concat(chunks).subarray(0, mostBytes)
        finish({ url, type: told['content-type'] ?? '', bytes, isWhole })
      }
      reply.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > mostBytes) done(false)
      })
      reply.on('end', () => done(true))
      reply.on('error', reject)
    },
  )
  asked.on('error', reject)
  asked.end()
  return promise
}
