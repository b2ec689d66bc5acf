import type { Readable } from 'node:stream'

export interface ObjectInfo {
  key: string
  size: number
  contentType: string
  /** Lower-case hex of the bytes' SHA-256 where the store knows it. */
  sha256: string | undefined
}

/** What a presigned PUT may bring: exactly `size` bytes of `contentType`, of this hash where one is given; all stand inside the signature. */
export interface PutTerms {
  size: number
  contentType: string
  /** Lower-case hex. */
  sha256?: string | undefined
  /** Seconds. */
  expiresIn: number
}

export interface PresignedPut {
  url: string
  method: 'PUT'
  headers: Record<string, string>
  /** Milliseconds since 1970. */
  expiresAt: number
}

export type ReceivedListener = (object: ObjectInfo, bytes: Buffer | undefined) => void

/**
 * Bytes by key (`media/ab/…`; letters, digits, `/._-`). An object appears whole or not at all, also after a crash, and a
 * second `put` of a key replaces the first. Absent objects reject with `not_found`; one that is found damaged is absent.
 */
export interface ObjectStore {
  put(key: string, bytes: Buffer | Readable, options: { contentType: string }): Promise<ObjectInfo>
  /** `range` in bytes, both ends included. */
  get(key: string, range?: { start: number; end?: number }): Promise<{ info: ObjectInfo; body: Readable }>
  head(key: string): Promise<ObjectInfo | undefined>
  /** Absent keys are no error. What `close` had closed is open again: for links that have expired. */
  delete(keys: readonly string[]): Promise<void>
  /**
   * Removes what stands under these keys and closes the links signed for them, also to requests that are under way: they
   * are refused with 403, 409 or 412, or have ended before this resolves, and what they brought is gone. Until `delete`, a closed key
   * is absent to every reader. Where such a request takes its time, this may reject with `unavailable`.
   */
  close(keys: readonly string[]): Promise<void>
  /**
   * A link is good once: it brings an object where none stands, and is refused with 403, 409 or 412 from then on, whatever it
   * brings and however many requests were under way. So what was looked at once is what is stored.
   */
  presignPut(key: string, terms: PutTerms): Promise<PresignedPut>
  /** A link that reads one object until it expires. `filename` makes the browser save it. */
  presignGet(key: string, options: { expiresIn: number; filename?: string }): Promise<string>
  /**
   * For files above one request's comfort: an upload id, and a presigned PUT per part (numbers from 1). A part may be sent again
   * until the whole is completed or given up; from then on its link is refused with 403, 404 or 409.
   */
  createMultipart(
    key: string,
    terms: Omit<PutTerms, 'sha256'> & { partSize: number },
  ): Promise<{ multipartId: string; parts: { partNumber: number; url: string }[] }>
  listParts(key: string, multipartId: string): Promise<number[]>
  /** Completed twice, at once or one after the other, it is one object: the one both answer. */
  completeMultipart(key: string, multipartId: string): Promise<ObjectInfo>
  abortMultipart(key: string, multipartId: string): Promise<void>
  /**
   * Calls back with each object that came whole through a presigned link which this process served, and with its bytes where they
   * are few (1 MiB). An adapter whose links lead past the process never calls. The listener must not throw.
   */
  onReceived(listener: ReceivedListener): Disposable
  /** The keys of all that stands, in any order. What comes or goes meanwhile may be among them or not, and what is closed too. */
  keys(): AsyncIterable<string>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
