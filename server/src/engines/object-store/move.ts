import { createHash } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TintypeError } from '@tintype/contract'
import type { ObjectInfo, ObjectStore } from './port.ts'

export interface Moved {
  /** Copied now, and found there from an earlier run. */
  copied: number
  already: number
  bytes: number
  /** Keys whose bytes did not arrive as they are, with the reason: they stay where they were. */
  failed: { key: string; reason: string }[]
}

export interface Move {
  from: ObjectStore
  to: ObjectStore
  /** Deletes what has arrived. Without it all stays where it was, too. */
  remove: boolean
  signal: AbortSignal
  onProgress?(soFar: Moved): void
}

const AT_ONCE = 4

/**
 * Copies what `from` has and `to` has not, and reads each copy again to compare its hash. It may be cut short and run again, and beside
 * servers that work on both (see `moving.ts`): what `to` has already is what they wrote later, and stays.
 */
export async function moveObjects(move: Move): Promise<Moved> {
  const moved: Moved = { copied: 0, already: 0, bytes: 0, failed: [] }
  const keys = move.from.keys()[Symbol.asyncIterator]()
  // One iterator for all lanes: each takes the next key.
  const lane = async () => {
    for (let next = await keys.next(); !next.done; next = await keys.next()) {
      move.signal.throwIfAborted()
      await moveOne(next.value, move, moved)
      move.onProgress?.(moved)
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane))
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
  return moved
}

async function moveOne(key: string, move: Move, moved: Moved): Promise<void> {
  try {
    const there = await move.to.head(key)
    if (there) moved.already++
    else {
      const size = await copyObject(key, move)
      if (size === undefined) return
      moved.copied++
      moved.bytes += size
    }
    if (move.remove) await move.from.delete([key])
  } catch (error) {
    moved.failed.push({ key, reason: error instanceof Error ? error.message : String(error) })
  }
}

/** How many bytes; undefined where it went meanwhile. */
export async function copyObject(
  key: string,
  { from, to }: Pick<Move, 'from' | 'to'>,
): Promise<number | undefined> {
  const found = await from.get(key).catch(undefinedIfAbsent)
  if (!found) return undefined
  const { info, body } = found
  const hash = createHash('sha256')
  const hashed = new PassThrough()
  const [made] = await Promise.all([
    to.put(key, hashed, { contentType: info.contentType }),
    pipeline(body, hashing(hash), hashed),
  ])
  const sha256 = hash.digest('hex')
  try {
    check(info, made.size, sha256)
    check({ ...info, sha256 }, made.size, await hashOf(to, key))
  } catch (error) {
    await to.delete([key])
    throw error
  }
  if (await from.head(key)) return info.size
  await to.delete([key])
  return undefined
}

const hashing = (hash: ReturnType<typeof createHash>) =>
  async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }

async function hashOf(store: ObjectStore, key: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of (await store.get(key)).body as Readable) hash.update(chunk)
  return hash.digest('hex')
}

function check(info: Pick<ObjectInfo, 'size' | 'sha256'>, size: number, sha256: string): void {
  if (size !== info.size) throw new Error(`${size} bytes instead of ${info.size}`)
  if (info.sha256 !== undefined && info.sha256 !== sha256) throw new Error('other bytes than were stored')
}

export function undefinedIfAbsent(error: unknown): undefined {
  if (!(error instanceof TintypeError && error.code === 'not_found')) throw error
}
