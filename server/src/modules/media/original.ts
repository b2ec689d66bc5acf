import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TintypeError } from '@tintype/contract'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { MediaRow } from './store.ts'

/** Brings an object here. */
export async function fetchObject(
  objectStore: Pick<ObjectStore, 'get'>,
  key: string,
  path: string,
): Promise<void> {
  await pipeline((await objectStore.get(key)).body, createWriteStream(path))
}

/** Brings an original here. Checks its hash on the way: what was checked is what is shown, or nothing. */
export async function fetchOriginal(
  objectStore: Pick<ObjectStore, 'get'>,
  { original_key, original_sha256 }: Pick<MediaRow, 'original_key' | 'original_sha256'>,
  path: string,
): Promise<void> {
  const { body } = await objectStore.get(original_key)
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(body, hashing, createWriteStream(path))
  if (hash.digest('hex') !== original_sha256) throw new TintypeError('media_hash_mismatch')
}
