import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TintypeError } from '@tintype/contract'
import type { PutTerms } from '../port.ts'
import type { LinkSigner } from './signatures.ts'

interface MultipartTerms {
  key: string
  size: number
  partSize: number
  contentType: string
  /** Seconds since 1970. */
  expires: number
}

/** Parts are objects in files of their own (`.parts/{id}/{number}`), put together when the last one is there. */
export class MultipartFolder {
  readonly #folder: string
  readonly #signer: LinkSigner

  constructor(folder: string, signer: LinkSigner) {
    this.#folder = folder
    this.#signer = signer
  }

  async create(
    key: string,
    { size, partSize, contentType, expiresIn }: Omit<PutTerms, 'sha256'> & { partSize: number },
  ) {
    const multipartId = randomBytes(16).toString('hex')
    const expires = this.#signer.expiry(expiresIn)
    const terms: MultipartTerms = { key, size, partSize, contentType, expires }
    await mkdir(join(this.#folder, multipartId))
    await writeFile(join(this.#folder, multipartId, 'terms.json'), JSON.stringify(terms))
    const parts = Array.from({ length: partCount(terms) }, (_, index) => ({
      partNumber: index + 1,
      url: this.#signer.url({
        method: 'PUT',
        key,
        expires,
        size: partLength(terms, index + 1),
        type: contentType,
        part: `${multipartId}.${index + 1}`,
      }),
    }))
    return { multipartId, parts }
  }

  /** Undefined once completed, aborted or swept. */
  async terms(multipartId: string): Promise<MultipartTerms | undefined> {
    const text = await readFile(join(this.#path(multipartId), 'terms.json'), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : JSON.parse(text)
  }

  async list(multipartId: string): Promise<number[]> {
    const names = await readdir(this.#path(multipartId)).catch(() => [])
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b)
  }

  /** Where a part of a signed link goes; `upload_already_used` once its upload is completed or given up. */
  async partPath(part: string): Promise<string> {
    const [multipartId = '', number = ''] = part.split('.')
    if (!(await this.terms(multipartId))) throw new TintypeError('upload_already_used')
    return join(this.#path(multipartId), number)
  }

  /** The bytes of all parts; throws `upload_incomplete` while one is missing. */
  async inOrder(multipartId: string, terms: MultipartTerms): Promise<AsyncIterable<Buffer>> {
    const there = await this.list(multipartId)
    if (there.length !== partCount(terms)) throw new TintypeError('upload_incomplete')
    const folder = this.#path(multipartId)
    return (async function* () {
      for (const number of there) {
        const end = partLength(terms, number) - 1
        yield* createReadStream(join(folder, String(number)), { end, highWaterMark: 262_144 })
      }
    })()
  }

  async remove(multipartId: string): Promise<void> {
    await rm(this.#path(multipartId), { recursive: true, force: true })
  }

  /** Removes what nobody finished, a day after its links expired. */
  async sweep(): Promise<void> {
    for (const multipartId of await readdir(this.#folder)) {
      const terms = await this.terms(multipartId).catch(() => undefined)
      const made = terms ? terms.expires * 1000 : (await stat(this.#path(multipartId))).mtimeMs
      if (Date.now() - made > 86_400_000) await this.remove(multipartId)
    }
  }

  #path(multipartId: string): string {
    if (!/^[0-9a-f]{32}$/.test(multipartId)) throw new TintypeError('upload_not_found')
    return join(this.#folder, multipartId)
  }
}

const partCount = ({ size, partSize }: MultipartTerms): number => Math.max(1, Math.ceil(size / partSize))

const partLength = ({ size, partSize }: MultipartTerms, number: number): number =>
  Math.min(partSize, size - (number - 1) * partSize)
