/** The process that decodes pictures: one task at a time, from and to its parent. Started by pool.ts. */
import { TintypeError } from '@tintype/contract/tintype-error'
import sharp from 'sharp'
import type { ChildReply, ChildRequest } from './pool-messages.ts'
import { processPhoto } from './process.ts'

// The sizes of one picture are encoded side by side already; more threads inside each gain nothing on two cores
// (measured: 66 ms with one, 66 ms with two), and operations are never repeated, so a cache only holds memory.
sharp.concurrency(1)
sharp.cache(false)

// Ctrl-C reaches the whole group; the parent ends this process when it has drained, by closing the channel.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit())
process.on('message', async (request: ChildRequest) => {
  const reply = await answer(request)
  process.send?.(reply)
})

async function answer({ task }: ChildRequest): Promise<ChildReply> {
  try {
    const processed = await processPhoto(task)
    return { ok: true, processed, residentBytes: process.memoryUsage.rss() }
  } catch (error) {
    const code = error instanceof TintypeError ? error.code : undefined
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { ok: false, code, message: cause instanceof Error ? cause.message : String(cause) }
  }
}
