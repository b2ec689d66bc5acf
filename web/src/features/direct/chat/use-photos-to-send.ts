import { limits, type MessageLife } from '@tintype/contract'
import { useCallback, useState } from 'react'
import type { OutgoingPhoto } from '../../../data/direct/outbox.ts'
import { decodeMedia } from '../../../things/composing/decode-media.ts'
import { type Accepted, takeInAll } from '../../../things/composing/intake.ts'
import { t } from '../../../things/direct/messages.ts'
import { toast } from '../../../ui/toast.ts'

export type PhotosToSend = ReturnType<typeof usePhotosToSend>

/** Pictures and films chosen, dropped or pasted, until they are sent with what is written. */
export function usePhotosToSend() {
  const [all, setAll] = useState<readonly OutgoingPhoto[]>([])
  const [life, setLife] = useState<MessageLife | null>(null)
  const [reading, setReading] = useState(0)
  const add = useCallback((files: readonly File[]) => {
    setReading((now) => now + 1)
    void take(files)
      .then((photos) => setAll((known) => upTo([...known, ...photos])))
      .finally(() => setReading((now) => now - 1))
  }, [])
  return {
    all,
    life: all.length > 0 ? life : null,
    isReading: reading > 0,
    add,
    setLife,
    describe: (photo: OutgoingPhoto, alt_text: string) =>
      setAll((known) => known.map((one) => (one === photo ? { ...one, alt_text } : one))),
    remove: (photo: OutgoingPhoto) => setAll((known) => known.filter((one) => one !== photo)),
    clear: () => {
      setAll([])
      setLife(null)
    },
  }
}

function upTo(photos: readonly OutgoingPhoto[]): readonly OutgoingPhoto[] {
  if (photos.length > limits.messagePhotos) toast(t('write.tooMany', { count: limits.messagePhotos }))
  return photos.slice(0, limits.messagePhotos)
}

async function take(files: readonly File[]): Promise<OutgoingPhoto[]> {
  const { accepted, refused } = await takeInAll(files, () => Number.POSITIVE_INFINITY)
  for (const { name, reason } of refused) toast(`${name}: ${reason}`)
  return Promise.all(accepted.map(outgoing))
}

async function outgoing({ file, type }: Accepted): Promise<OutgoingPhoto> {
  const preview = await decodeMedia({ file, type }, new AbortController().signal)
  if (preview.state === 'seen') preview.decoded.bitmap.close()
  // The server is told what it is by its bytes, not by its name.
  const named = file.slice(0, file.size, type)
  const size = preview.state === 'seen' ? preview.decoded.size : undefined
  return { file: named, name: file.name, size }
}
