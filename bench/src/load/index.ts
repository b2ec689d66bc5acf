import { type ChildProcess, fork } from 'node:child_process'
import type { FromLoad, Job, Outcome } from './job.ts'

/** Runs a job in the generator's own process. `onBegin` and `onEnd` frame the part that counts. */
export async function runLoad(job: Job, frame: { onBegin?(): void; onEnd?(): void } = {}): Promise<Outcome> {
  const child: ChildProcess = fork(new URL('./process.ts', import.meta.url), { serialization: 'advanced' })
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  child.on('message', (message: FromLoad) => {
    if (message.type === 'begun') frame.onBegin?.()
    else if (message.type === 'failed') reject(new Error(message.error))
    else {
      frame.onEnd?.()
      resolve(message.outcome)
    }
  })
  child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)))
  child.send(job)
  return promise
}
