import { hashBlob } from './sha256.ts'

export interface HashRequest {
  id: number
  blob: Blob
}
export type HashReply = { id: number } & ({ bytes: number } | { sha256: string } | { unreadable: true })

const reply = (message: HashReply) => self.postMessage(message)

self.addEventListener('message', async (event: MessageEvent<HashRequest>) => {
  const { id, blob } = event.data
  try {
    reply({ id, sha256: await hashBlob(blob, (bytes) => reply({ id, bytes })) })
  } catch {
    // The file was moved or deleted after it was chosen, or its medium is gone.
    reply({ id, unreadable: true })
  }
})
