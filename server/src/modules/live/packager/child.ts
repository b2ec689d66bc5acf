/** The process that makes parts of what comes in on its standard input. Started by packager-process.ts. */
import type { PackagerNews, PackagerTask } from './messages.ts'
import { pack } from './pack.ts'

process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit())
let told: Promise<unknown> = Promise.resolve()
// What the other end does not take in time is held here, and the process is ended when that is too much.
const tell = (news: PackagerNews): void => {
  told = new Promise((resolve) => process.send?.(news, undefined, undefined, resolve))
}

process.once('message', async (task: PackagerTask) => {
  try {
    await pack(task, process.stdin, tell)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const fault = error instanceof Error && error.cause === 'gop' ? 'gop' : 'broken'
    tell({ fault, detail })
  }
  // A channel that is closed drops what still waits in it: the end of the film.
  await told
  process.disconnect()
})
