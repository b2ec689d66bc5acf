import type { MetricsReport, Peers } from '../gateway/peers.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

/** What a process of WORKERS knows of the others, asked through the first one. */
export class WorkerPeers implements Peers {
  readonly worker: number
  readonly #send: (message: FromWorker) => void
  readonly #asked = new Map<number, (reports: MetricsReport[]) => void>()
  #measure: () => Promise<MetricsReport> = async () => []
  #id = 0

  constructor(worker: number, send: (message: FromWorker) => void) {
    this.worker = worker
    this.#send = send
  }

  measurements(): Promise<MetricsReport[]> {
    const id = ++this.#id
    const { promise, resolve } = Promise.withResolvers<MetricsReport[]>()
    this.#asked.set(id, resolve)
    this.#send({ type: 'measure all', id })
    return promise
  }

  answerWith(measure: () => Promise<MetricsReport>): void {
    this.#measure = measure
  }

  async hear(message: ToWorker): Promise<void> {
    if (message.type === 'measure')
      this.#send({ type: 'measured', id: message.id, report: await this.#measure() })
    if (message.type === 'measured by all') {
      this.#asked.get(message.id)?.(message.reports)
      this.#asked.delete(message.id)
    }
  }
}
