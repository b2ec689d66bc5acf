import { readFile, stat } from 'node:fs/promises'
import type { AddressFile, AddressList } from '@tintype/contract'
import { isTooWide, parseRange } from '../../kit/address-ranges.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Rule } from './address-policy.ts'

/** Milliseconds between two looks; a file that is mounted tells of no change. */
const LOOK_EVERY = 500
const LINE = /^(?<list>allow|deny)\s+(?<range>\S+)(?:\s+until\s+(?<until>\S+))?$/i
const DAY = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/

/** One rule a line: `deny 203.0.113.0/24 until 2027-01-31 # why`. Throws with the number of the first line that is none. */
export function parseAddressFile(text: string): Rule[] {
  return text.split(/\r?\n/).flatMap((whole, at) => {
    const [line = '', ...comment] = whole.split('#')
    if (line.trim() === '') return []
    const { list = '', range = '', until } = LINE.exec(line.trim())?.groups ?? {}
    const found = parseRange(range)
    const end = until === undefined ? null : new Date(until)
    const isDate = end === null || (DAY.test(until ?? '') && !Number.isNaN(end.getTime()))
    if (!found || !isDate) throw new Error(`line ${at + 1} is no rule: "${line.trim().slice(0, 100)}"`)
    if (list.toLowerCase() === 'deny' && isTooWide(found))
      throw new Error(`line ${at + 1} denies too many addresses at once: "${range}"`)
    const note = comment.join('#').trim()
    return [{ list: list.toLowerCase() as AddressList, range, note, expires_at: end }]
  })
}

/** Rules of a file, read again when it changes. One with a mistake is told of, and the rules read before stand. */
export class WatchedAddresses implements Disposable {
  readonly #path: string
  readonly #logger: Pick<Logger, 'info' | 'error'>
  readonly #onChange: () => void
  #timer: NodeJS.Timeout | undefined
  #seen = ''
  #problem: string | null = null
  rules: readonly Rule[] = []

  constructor(
    path: string,
    { logger, onChange }: { logger: Pick<Logger, 'info' | 'error'>; onChange: () => void },
  ) {
    this.#path = path
    this.#logger = logger
    this.#onChange = onChange
  }

  async start(): Promise<void> {
    await this.look()
    const again = () => {
      this.#timer = setTimeout(
        () => void this.look().finally(() => this.#timer && again()),
        LOOK_EVERY,
      ).unref()
    }
    again()
  }

  /** Null: there is no file. */
  status(): AddressFile | null {
    if (this.#seen === '' && this.#problem === null) return null
    return { path: this.#path, rules: this.rules.length, problem: this.#problem }
  }

  /** Reads the file where it is another than before. */
  async look(): Promise<void> {
    try {
      const stats = await stat(this.#path, { bigint: true }).catch(absent)
      const sign = stats ? `${stats.ino} ${stats.size} ${stats.mtimeNs}` : ''
      if (sign === this.#seen) return
      const text = stats ? await readFile(this.#path, 'utf8') : ''
      this.#seen = sign
      this.rules = parseAddressFile(text)
      this.#problem = null
      this.#logger.info({ file: this.#path, rules: this.rules.length }, 'the file of addresses was read')
      this.#onChange()
    } catch (error) {
      const problem = (error as Error).message
      if (problem !== this.#problem)
        this.#logger.error(
          { file: this.#path, problem },
          'the file of addresses was not taken; the rules before stand',
        )
      this.#problem = problem
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}
