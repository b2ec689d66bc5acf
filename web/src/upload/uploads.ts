import type { UploadId, UploadTicket } from '@tintype/contract'
import { createCell } from '../kit/cell.ts'
import { type Announced, announce } from './announce.ts'
import { codeOf, isStale } from './failure.ts'
import type { Hash } from './hasher.ts'
import { sendFile, type Transport } from './send-file.ts'
import { advance, newTransfer, type Transfer, type TransferFact } from './transfer.ts'

export interface FileToSend {
  /** The page's own name of the file. */
  id: string
  blob: Blob
  contentType: string
}

interface Entry extends FileToSend {
  control: AbortController
  sha256?: string
  ticket?: UploadTicket
  /** A stale upload is announced anew by itself once; then people are asked. */
  renewed?: boolean
}

export class TransferFailed extends Error {
  readonly ids: readonly string[]
  constructor(ids: readonly string[]) {
    super(`${ids.length} of the files could not be sent`)
    this.name = 'TransferFailed'
    this.ids = ids
  }
}

/** The files of this page that are on their way to the server, whatever dialog or post they belong to. */
export class Uploads {
  readonly transfers = createCell<ReadonlyMap<string, Transfer>>(new Map())
  readonly #entries = new Map<string, Entry>()
  readonly #transport: Transport & { hash: Hash }

  constructor(transport: Transport & { hash: Hash }) {
    this.#transport = transport
  }

  /** Starts files that are not on their way yet; those that have failed go on where they stopped, if they can. */
  begin(files: readonly FileToSend[]): void {
    const idle = files.filter(({ id }) => (this.transfers.get().get(id)?.phase ?? 'failed') === 'failed')
    const entries = idle.map((file) => {
      const { sha256, ticket } = this.#entries.get(file.id) ?? {}
      return this.#enter({ ...file, sha256, ticket })
    })
    for (const entry of entries.filter(({ ticket }) => ticket)) void this.#send(entry, true)
    void this.#announceAndSend(entries.filter(({ ticket }) => !ticket))
  }

  /** Takes up an upload of an earlier visit. */
  resume(file: FileToSend, ticket: UploadTicket): void {
    void this.#send(this.#enter({ ...file, ticket }), true)
  }

  /** Forgets what the server has of these files and sends them anew. */
  restart(ids: readonly string[]): void {
    const before = ids.flatMap((id) => this.#entries.get(id) ?? [])
    this.#drop(ids)
    const files = before.map(({ ticket: _, control: __, renewed: ___, ...file }) => file)
    void this.#announceAndSend(files.map((file) => this.#enter(file)))
  }

  /** Stops files and has the server drop their bytes. */
  cancel(ids: readonly string[]): void {
    const tickets = ids.flatMap((id) => this.#entries.get(id)?.ticket ?? [])
    this.#drop(ids)
    for (const ticket of tickets) this.#giveUp(ticket)
  }

  /** Forgets files whose post is made. */
  forget(ids: readonly string[]): void {
    this.#drop(ids)
  }

  /** The tickets held, for a draft to keep. */
  tickets(): ReadonlyMap<string, UploadTicket> {
    return new Map([...this.#entries].flatMap(([id, { ticket }]) => (ticket ? [[id, ticket]] : [])))
  }

  /** Resolves with the upload ids, in order, once all have arrived; rejects with TransferFailed once one has failed. */
  arrived(ids: readonly string[], signal: AbortSignal): Promise<UploadId[]> {
    return new Promise((resolve, reject) => {
      const finish = (then: () => void) => {
        unsubscribe()
        signal.removeEventListener('abort', handleAbort)
        then()
      }
      const handleAbort = () => finish(() => reject(signal.reason))
      const handleChange = () => {
        const failed = ids.filter((id) => (this.transfers.get().get(id)?.phase ?? 'failed') === 'failed')
        if (failed.length > 0) return finish(() => reject(new TransferFailed(failed)))
        const uploadIds = this.#arrivedIds(ids)
        if (uploadIds.length === ids.length) finish(() => resolve(uploadIds))
      }
      const unsubscribe = this.transfers.subscribe(handleChange)
      signal.addEventListener('abort', handleAbort)
      if (signal.aborted) handleAbort()
      else handleChange()
    })
  }

  #arrivedIds(ids: readonly string[]): UploadId[] {
    return ids.flatMap((id) => {
      const transfer = this.transfers.get().get(id)
      return transfer?.phase === 'arrived' && transfer.uploadId ? [transfer.uploadId] : []
    })
  }

  #enter(file: Omit<Entry, 'control'>): Entry {
    const entry = { ...file, control: new AbortController() }
    this.#entries.set(file.id, entry)
    this.#tell(entry, { type: 'began' })
    return entry
  }

  /** Whoever has been cancelled or restarted meanwhile has nothing to tell. */
  #isCurrent(entry: Entry): boolean {
    return this.#entries.get(entry.id) === entry
  }

  #tell(entry: Entry, fact: TransferFact): void {
    if (!this.#isCurrent(entry)) return
    this.transfers.update((now) => {
      const transfer = advance(now.get(entry.id) ?? newTransfer(entry.blob.size), fact)
      return transfer === now.get(entry.id) ? now : new Map(now).set(entry.id, transfer)
    })
  }

  async #announceAndSend(entries: readonly Entry[]): Promise<void> {
    const hashed: (Entry & Announced)[] = []
    for (const entry of entries) {
      const sha256 = await this.#hash(entry)
      if (sha256) hashed.push(Object.assign(entry, { sha256 }))
    }
    for (const entry of hashed) this.#tell(entry, { type: 'announcing' })
    const answers = await announce(this.#transport.client, hashed, {
      network: this.#transport.network,
      signal: whenAllAbort(hashed.map(({ control }) => control.signal)),
      onPause: (pause) => {
        for (const entry of hashed) this.#tell(entry, { type: 'paused', pause })
      },
    })
    answers.forEach((answer, index) => {
      const entry = hashed[index]
      if (!entry) return
      if ('error' in answer) this.#fail(entry, answer.error)
      else if (this.#isCurrent(entry)) void this.#send(Object.assign(entry, answer))
      else this.#giveUp(answer.ticket)
    })
  }

  async #hash(entry: Entry): Promise<string | undefined> {
    if (entry.sha256) return entry.sha256
    const handleProgress = (bytes: number) => this.#tell(entry, { type: 'hashed', bytes })
    try {
      return await this.#transport.hash(entry.blob, handleProgress, entry.control.signal)
    } catch (error) {
      this.#fail(entry, error)
      return undefined
    }
  }

  async #send(entry: Entry, resuming = false): Promise<void> {
    const { ticket, blob, control, renewed } = entry
    if (!ticket) return
    const tell = (fact: TransferFact) => this.#tell(entry, fact)
    tell({ type: 'announced', uploadId: ticket.upload_id })
    try {
      await sendFile(this.#transport, { ticket, blob, signal: control.signal, tell }, resuming)
      tell({ type: 'arrived' })
    } catch (error) {
      if (!isStale(error) || renewed || !this.#isCurrent(entry)) return this.#fail(entry, error)
      const { ticket: _, ...file } = entry
      void this.#announceAndSend([this.#enter({ ...file, renewed: true })])
    }
  }

  #fail(entry: Entry, error: unknown): void {
    if (isStale(error)) entry.ticket = undefined
    this.#tell(entry, { type: 'failed', code: codeOf(error) })
  }

  #giveUp({ upload_id }: UploadTicket): void {
    // If this fails, the server collects the bytes by itself when the upload expires.
    this.#transport.client.media.cancelUpload({ params: { upload_id } }).catch(() => {})
  }

  #drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.#entries.get(id)?.control.abort(new DOMException('given up', 'AbortError'))
      this.#entries.delete(id)
    }
    this.transfers.update((now) => new Map([...now].filter(([id]) => !ids.includes(id))))
  }
}

/** Aborts once every one of the signals has. */
function whenAllAbort(signals: readonly AbortSignal[]): AbortSignal {
  const control = new AbortController()
  for (const signal of signals)
    signal.addEventListener('abort', () => {
      if (signals.every(({ aborted }) => aborted)) control.abort(signal.reason)
    })
  return control.signal
}
