import { TintypeError, type UploadId } from '@tintype/contract'
import { knownCode } from '../upload/failure.ts'
import { randomKey } from '../upload/random-key.ts'
import { uploads } from './uploads.ts'

/** Milliseconds after which somebody who waits for one small file is told; a large one has longer, at 100 KB a second. */
const LONGEST = 120_000
const PER_BYTE = 1 / 100

/** One file by itself; answers what `avatar_upload_id` takes. Rejects with why it did not arrive. */
export async function uploadPicture(file: Blob): Promise<UploadId> {
  const id = randomKey()
  uploads.begin([{ id, blob: file, contentType: file.type }])
  try {
    const [uploadId] = await uploads.arrived(
      [id],
      AbortSignal.timeout(LONGEST + Math.ceil(file.size * PER_BYTE)),
    )
    if (!uploadId) throw new TintypeError('internal')
    uploads.forget([id])
    return uploadId
  } catch (cause) {
    const { phase, failure } = uploads.transfers.get().get(id) ?? {}
    uploads.cancel([id])
    throw new TintypeError(phase === 'failed' ? knownCode(failure) : 'unavailable', { cause })
  }
}
