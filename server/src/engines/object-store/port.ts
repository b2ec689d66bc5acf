import type { Readable } from 'node:stream'

export interface ObjectInfo {
  key: string
  size: number
  contentType: string
  /** Lower-case hex of the bytes' SHA-256 where the store knows it. */
  sha256: string | undefined
}

/** What a presigned PUT may bring: exactly `size` bytes of `contentType`; both stand inside the signature. */
export interface PutTerms {
  size: number
  contentType: string
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
 * second `put` of a key replaces the first. Absent objects reject with `not_found`.
 */
export interface ObjectStore {
  put(key: string, bytes: Buffer | Readable, options: { contentType: string }): Promise<ObjectInfo>
  /** `range` in bytes, both ends included. */
  get(key: string, range?: { start: number; end?: number }): Promise<{ info: ObjectInfo; body: Readable }>
  head(key: string): Promise<ObjectInfo | undefined>
  /** Absent keys are no error. */
  delete(keys: readonly string[]): Promise<void>
  presignPut(key: string, terms: PutTerms): Promise<PresignedPut>
  /** A link that reads one object until it expires. `filename` makes the browser save it. */
  presignGet(key: string, options: { expiresIn: number; filename?: string }): Promise<string>
  /** For files above one request's comfort: an upload id, and a presigned PUT per part (numbers from 1). */
  createMultipart(
    key: string,
    terms: PutTerms & { partSize: number },
  ): Promise<{ multipartId: string; parts: { partNumber: number; url: string }[] }>
  listParts(key: string, multipartId: string): Promise<number[]>
  completeMultipart(key: string, multipartId: string): Promise<ObjectInfo>
  abortMultipart(key: string, multipartId: string): Promise<void>
  /**
   * Calls back with each object that came whole through a presigned link which this process served, and with its bytes where they
   * are few (1 MiB). An adapter whose links lead past the process never calls. The listener must not throw.
   */
  onReceived(listener: ReceivedListener): Disposable
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
