import { Worker } from 'node:worker_threads'
import { type PlaceMap, TintypeError } from '@tintype/contract'
import type { Town } from './towns.ts'

interface Position {
  lat: number
  lon: number
}
export type AtlasQuestion = { id: number } & ({ position: Position } | { q: string; limit: number })
export interface AtlasAnswer {
  id: number
  found: PlaceMap | Town[]
}

/** Milliseconds for an answer; to read the towns takes one second. */
const PATIENCE = 15_000
/** Milliseconds after which a thread that nobody asks gives its memory back. */
const IDLE = 300_000
/** Of a thread's heap, in MB: the towns as they are read are the most that it ever holds. */
const HEAP = 256

type Settle = { resolve(found: AtlasAnswer['found']): void; reject(cause: unknown): void }

/**
 * Towns of the world and the shape of its land, from data that the server has with it. In a thread that is begun by the first question, for
 * reading takes a second and drawing some 20 ms, which nobody else's requests are to wait for. It holds no process back that wants to end.
 */
export class Atlas {
  #worker: Worker | undefined
  #asked = new Map<number, Settle>()
  #last = 0
  #idle: NodeJS.Timeout | undefined

  map(position: Position): Promise<PlaceMap> {
    return this.#ask({ position }) as Promise<PlaceMap>
  }

  /** Towns whose name begins so: those whose whole name it is, then the largest. */
  towns(q: string, limit: number): Promise<Town[]> {
    return this.#ask({ q, limit }) as Promise<Town[]>
  }

  async #ask(question: { position: Position } | { q: string; limit: number }): Promise<AtlasAnswer['found']> {
    const worker = this.#open()
    const id = ++this.#last
    const { promise, resolve, reject } = Promise.withResolvers<AtlasAnswer['found']>()
    this.#asked.set(id, { resolve, reject })
    const late = setTimeout(() => void this.#end(new TintypeError('unavailable')), PATIENCE)
    worker.postMessage({ id, ...question } satisfies AtlasQuestion)
    return promise.finally(() => clearTimeout(late))
  }

  #open(): Worker {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => void this.#end(new TintypeError('unavailable')), IDLE).unref()
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./atlas-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    })
    worker.unref()
    worker.on('message', ({ id, found }: AtlasAnswer) => {
      this.#asked.get(id)?.resolve(found)
      this.#asked.delete(id)
    })
    worker.on('error', (cause) => void this.#end(new TintypeError('unavailable', { cause })))
    this.#worker = worker
    return worker
  }

  /** What was not answered fails; the next question begins anew. */
  async #end(cause: TintypeError): Promise<void> {
    clearTimeout(this.#idle)
    const [worker, asked] = [this.#worker, this.#asked]
    this.#worker = undefined
    this.#asked = new Map()
    for (const { reject } of asked.values()) reject(cause)
    await worker?.terminate()
  }
}
