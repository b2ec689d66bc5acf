import type { ChallengeDetails } from '@tintype/contract'
import { SOLUTION_HEADER } from '@tintype/contract/core/route'
import type { Solved } from './challenge.worker.ts'
import { working } from './working.ts'

/** Milliseconds; the hardest takes a slow phone a third of it. */
const PATIENCE = 90_000

const startWorker = () => new Worker(new URL('./challenge.worker.ts', import.meta.url), { type: 'module' })

/** Works out what the server asks, beside the page, and answers the header that brings it; undefined where it cannot be had. */
export async function answerTo(
  { challenge }: ChallengeDetails,
  start: () => Worker = startWorker,
): Promise<Record<string, string> | undefined> {
  const worker = start()
  working.set(true)
  try {
    const solution = await new Promise<Solved>((resolve) => {
      const patience = setTimeout(() => resolve(null), PATIENCE)
      worker.addEventListener('message', ({ data }: MessageEvent<Solved>) => {
        clearTimeout(patience)
        resolve(data)
      })
      worker.addEventListener('error', () => resolve(null))
      worker.postMessage(challenge)
    })
    return solution ? { [SOLUTION_HEADER]: btoa(JSON.stringify({ challenge, solution })) } : undefined
  } finally {
    worker.terminate()
    working.set(false)
  }
}
