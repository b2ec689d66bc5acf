import type { Readable } from 'node:stream'
import { TintypeError } from '@tintype/contract'
import type { ObjectInfo, ObjectStore, PutTerms, ReceivedListener } from './port.ts'

/**
 * One store in the place of another while objects are moved (see `move.ts`): what is new goes into `to`, what is not there yet is
 * read from `from`, and uploads that began there end there. What goes, goes from `from` first, so that a copy made meanwhile is
 * noticed by whoever makes it, or deleted here.
 */
export class MovingObjectStore implements ObjectStore {
  readonly #to: ObjectStore
  readonly #from: ObjectStore

  constructor({ from, to }: { from: ObjectStore; to: ObjectStore }) {
    this.#from = from
    this.#to = to
  }

  put(key: string, bytes: Buffer | Readable, options: { contentType: string }): Promise<ObjectInfo> {
    return this.#to.put(key, bytes, options)
  }

  get(key: string, range?: { start: number; end?: number }) {
    return this.#to.get(key, range).catch(orElse('not_found', () => this.#getBefore(key, range)))
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    return (await this.#to.head(key)) ?? (await this.#from.head(key)) ?? (await this.#to.head(key))
  }

  async delete(keys: readonly string[]): Promise<void> {
    await this.#from.delete(keys)
    await this.#to.delete(keys)
  }

  async close(keys: readonly string[]): Promise<void> {
    await this.#from.close(keys)
    await this.#to.close(keys)
  }

  presignPut(key: string, terms: PutTerms) {
    return this.#to.presignPut(key, terms)
  }

  async presignGet(key: string, options: { expiresIn: number; filename?: string }): Promise<string> {
    const store = (await this.#to.head(key)) ? this.#to : this.#from
    return store.presignGet(key, options)
  }

  createMultipart(key: string, terms: Omit<PutTerms, 'sha256'> & { partSize: number }) {
    return this.#to.createMultipart(key, terms)
  }

  listParts(key: string, multipartId: string): Promise<number[]> {
    return this.#ofUpload((store) => store.listParts(key, multipartId))
  }

  completeMultipart(key: string, multipartId: string): Promise<ObjectInfo> {
    return this.#ofUpload((store) => store.completeMultipart(key, multipartId))
  }

  abortMultipart(key: string, multipartId: string): Promise<void> {
    return this.#ofUpload((store) => store.abortMultipart(key, multipartId))
  }

  onReceived(listener: ReceivedListener): Disposable {
    const stack = new DisposableStack()
    for (const store of [this.#to, this.#from]) stack.use(store.onReceived(listener))
    return stack
  }

  async *keys(): AsyncGenerator<string> {
    yield* this.#to.keys()
    for await (const key of this.#from.keys()) if (!(await this.#to.head(key))) yield key
  }

  async ping(): Promise<void> {
    await Promise.all([this.#to.ping(), this.#from.ping()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#to[Symbol.asyncDispose]()
    await this.#from[Symbol.asyncDispose]()
  }

  /** It may have been moved between two looks. */
  #getBefore(key: string, range?: { start: number; end?: number }) {
    return this.#from.get(key, range).catch(orElse('not_found', () => this.#to.get(key, range)))
  }

  /** A store does not know the ids that another gave out. */
  #ofUpload<T>(work: (store: ObjectStore) => Promise<T>): Promise<T> {
    return work(this.#to).catch(orElse('upload_not_found', () => work(this.#from)))
  }
}

const orElse =
  <T>(code: TintypeError['code'], other: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof TintypeError && error.code === code) return other()
    throw error
  }
