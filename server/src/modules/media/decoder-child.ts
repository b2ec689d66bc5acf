/** The other end of decoder-process.ts: what stands in every process that decodes. */
import { TintypeError } from '@tintype/contract/tintype-error'
import type { ChildReply, ChildRequest } from './decoder-messages.ts'

/** Answers one task at a time, until the parent closes the channel. */
export function serveTasks<Task, Result, News = never>(
  work: (task: Task, tell: (news: News) => void) => Promise<Result>,
): void {
  const send = (reply: ChildReply<Result, News>) => process.send?.(reply)
  // Ctrl-C reaches the whole group; the parent ends this process when it has drained, by closing the channel.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('message', async ({ task }: ChildRequest<Task>) => {
    try {
      const result = await work(task, (news) => send({ news }))
      send({ ok: true, result, residentBytes: process.memoryUsage.rss() })
    } catch (error) {
      const code = error instanceof TintypeError ? error.code : undefined
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      send({ ok: false, code, message: cause instanceof Error ? cause.message : String(cause) })
    }
  })
}
