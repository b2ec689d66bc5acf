import type { Db } from '../engines/db/port.ts'
import { StartFailure } from '../kit/start-failure.ts'
import type { Vault } from '../kit/vault.ts'
import type { SealedColumn, SealedRow } from './sealed.ts'
import * as store from './sealed-store.ts'

/** What became of a column. */
export interface Renewed {
  /** `table.column` */
  name: string
  renewed: number
  /** Not to be opened by any key: a row that somebody changed by hand, say. They stay as they are. */
  unreadable: number
}

export interface SealingDeps {
  db: Pick<Db, 'query'>
  vault: Vault
  columns: readonly SealedColumn[]
}

const AT_ONCE = 500

/** The keys of the vault, and all that stands under them. */
export class Sealing {
  readonly #deps: SealingDeps

  constructor(deps: SealingDeps) {
    this.#deps = deps
  }

  /** Before anything is sealed here. Throws StartFailure where something is sealed with a key that is not there, or that is another by now. */
  async begin(): Promise<void> {
    await this.check()
    const { db, vault } = this.#deps
    const version = vault.sealing
    await store.noteKey(db.query, { version, fingerprint: vault.fingerprints.get(version) ?? '' })
  }

  /** Throws StartFailure as `begin` does. */
  async check(): Promise<void> {
    const { db, vault } = this.#deps
    for (const { version, fingerprint } of await store.readKeys(db.query)) {
      if (vault.fingerprints.get(version) === fingerprint) continue
      const used = await this.#usedBy(version)
      if (used.length > 0) throw new StartFailure(refusal(version, used, vault.fingerprints.has(version)))
      await store.forgetKey(db.query, version)
    }
  }

  /** Whether servers seal with the newest key, so that they can open what is brought to it. */
  async isInUse(): Promise<boolean> {
    const keys = await store.readKeys(this.#deps.db.query)
    return keys.some(({ version }) => version === this.#deps.vault.sealing)
  }

  /**
   * Brings all to the key that seals now, some at a time, beside servers that write: what was changed meanwhile is left to whoever changed it,
   * who seals with that key. Can be ended at any point, and goes on where it was by being begun again.
   */
  async renew(onColumn: (done: Renewed) => void): Promise<void> {
    for (const column of this.#deps.columns) onColumn(await this.#renewColumn(column))
  }

  /** Takes away what only a lost key could open. */
  async giveUp(version: number, onColumn: (name: string, rows: number) => void): Promise<void> {
    const { db, columns } = this.#deps
    for (const column of columns) onColumn(nameOf(column), await store.giveUp(db.query, column, version))
  }

  /** Whether it has a key of this version, the one that is noted. */
  async has(version: number): Promise<boolean> {
    const { db, vault } = this.#deps
    const noted = (await store.readKeys(db.query)).find((key) => key.version === version)
    return noted !== undefined && noted.fingerprint === vault.fingerprints.get(version)
  }

  /** Keys that nothing stands under any more, beside the one that seals. */
  async unused(): Promise<number[]> {
    const { vault } = this.#deps
    const others = [...vault.fingerprints.keys()].filter((version) => version !== vault.sealing)
    const used = await Promise.all(others.map((version) => this.#usedBy(version)))
    return others.filter((_, at) => used[at]?.length === 0)
  }

  async #renewColumn(column: SealedColumn): Promise<Renewed> {
    const { db, vault } = this.#deps
    const done = { name: nameOf(column), renewed: 0, unreadable: 0 }
    let last: SealedRow | undefined
    do {
      const rows = await store.readOthers(db.query, column, { version: vault.sealing, last, limit: AT_ONCE })
      const opened = rows.flatMap((row) => tryRenew(column, row))
      done.unreadable += rows.length - opened.length
      if (opened.length > 0) done.renewed += await store.writeRenewed(db.query, column, opened)
      last = rows.at(-1)
    } while (last)
    return done
  }

  async #usedBy(version: number): Promise<string[]> {
    const { db, columns } = this.#deps
    const used: string[] = []
    for (const column of columns) if (await store.isUsed(db.query, column, version)) used.push(nameOf(column))
    return used
  }
}

const nameOf = ({ table, column }: SealedColumn): string => `${table}.${column}`

function tryRenew(column: SealedColumn, row: SealedRow): { row: SealedRow; text: string }[] {
  try {
    return [{ row, text: column.renew(row) }]
  } catch {
    return []
  }
}

const refusal = (version: number, used: readonly string[], isOther: boolean): string =>
  isOther
    ? `Key ${version}${version === 1 ? ' (of SECRET)' : ''} is not the one that ${used.join(', ')} are sealed with; bring the one back that was there (or, where it is lost for good, npm run rotate-keys -- --give-up ${version}).`
    : `There is no key ${version}, and ${used.join(', ')} are sealed with it; put it back into the key file, and run npm run rotate-keys before you take it away.`
