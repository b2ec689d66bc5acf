import { open } from 'node:fs/promises'

/** A file that is read in places: pages are fetched once, so that a parser may ask for a few bytes at a time. */
export class ByteSource {
  readonly size: number
  readonly #fetch: (start: number, end: number) => Promise<Buffer>
  readonly #pages = new Map<number, Promise<Buffer>>()

  /** `fetch` reads from `start` to `end`, both included. */
  constructor(size: number, fetch: (start: number, end: number) => Promise<Buffer>) {
    this.size = size
    this.#fetch = fetch
  }

  static of(bytes: Buffer): ByteSource {
    return new ByteSource(bytes.length, async (start, end) => bytes.subarray(start, end + 1))
  }

  /** Fewer bytes than asked where the file ends. */
  async read(start: number, length: number): Promise<Buffer> {
    const end = Math.min(start + length, this.size)
    if (start >= end) return Buffer.alloc(0)
    const first = Math.floor(start / PAGE)
    const last = Math.floor((end - 1) / PAGE)
    if (first === last) return (await this.#page(first)).subarray(start - first * PAGE, end - first * PAGE)
    const pages = []
    for (let page = first; page <= last; page++) pages.push(await this.#page(page))
    return Buffer.concat(pages).subarray(start - first * PAGE, end - first * PAGE)
  }

  #page(index: number): Promise<Buffer> {
    const known = this.#pages.get(index)
    if (known) return known
    const fetched = this.#fetch(index * PAGE, Math.min((index + 1) * PAGE, this.size) - 1)
    // The first page is asked for again and again; of the others the last few are enough.
    if (this.#pages.size >= KEPT) this.#pages.delete([...this.#pages.keys()].find((page) => page !== 0) ?? 0)
    this.#pages.set(index, fetched)
    return fetched
  }
}

export const PAGE = 65_536
const KEPT = 8

/** A file on this machine. */
export async function withBytes<T>(path: string, read: (source: ByteSource) => Promise<T>): Promise<T> {
  await using file = await open(path)
  const { size } = await file.stat()
  const fetch = async (start: number, end: number) => {
    const bytes = Buffer.alloc(end - start + 1)
    await file.read(bytes, 0, bytes.length, start)
    return bytes
  }
  return await read(new ByteSource(size, fetch))
}
