import type { Consumer, EventLog } from '../engines/event-log/port.ts'
import type { Loop } from '../modules/module.ts'

export interface WorkerParts {
  events: Pick<EventLog, 'subscribe'>
  consumers: readonly Consumer[]
  loops?: readonly Loop[]
}

/** Starts the consumers of all modules. Disposing lets what is being handled end. */
export async function startWorker({ events, consumers, loops = [] }: WorkerParts): Promise<AsyncDisposable> {
  const names = consumers.map((consumer) => consumer.group)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new Error(`two consumers call their group "${twice}"`)
  await using starting = new AsyncDisposableStack()
  const started = await Promise.allSettled(consumers.map((consumer) => events.subscribe(consumer)))
  const subscriptions = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  starting.defer(async () => {
    await Promise.all(subscriptions.map((subscription) => subscription[Symbol.asyncDispose]()))
  })
  for (const result of started) if (result.status === 'rejected') throw result.reason
  for (const loop of loops) starting.use(loop.start())
  const running = starting.move()
  return { [Symbol.asyncDispose]: () => running.disposeAsync() }
}
