import type { FromLoad, Job } from './job.ts'
import { runJob } from './run.ts'

/** A process of its own, so that it shares nothing with the servers but the machine: takes one job, answers, ends. */
const tell = (message: FromLoad) => process.send?.(message)

process.once('message', async (job: Job) => {
  try {
    const outcome = await runJob(job, () => tell({ type: 'begun' }))
    tell({ type: 'ended', outcome })
  } catch (error) {
    tell({ type: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  process.disconnect()
})
