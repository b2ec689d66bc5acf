import type { AddressFile, SecuritySettings } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Guard, Verdict } from '../../gateway/guard.ts'
import { addressKey } from '../../kit/address-ranges.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { WatchedAddresses } from './address-file.ts'
import { type AddressPolicy, policyOf, type Rules } from './address-policy.ts'
import { readRules } from './address-store.ts'
import { readSettings } from './settings-store.ts'

export interface DoorkeeperDeps {
  db: Db
  broadcast: Pick<Broadcast, 'onGap' | 'publish' | 'subscribe'>
  clock: Clock
  logger: Pick<Logger, 'error' | 'info'>
  /** Of rules beside those of the database. */
  addressFile: string
  /** Ranges of proxies whose word is believed. */
  trustedProxies: readonly string[]
}

const CHANNEL = 'security.changed'
/** Milliseconds after which rules that could not be read are asked for again. */
const AGAIN = 1000

/**
 * Who is let in, in this process: rules of the database and of a file, compiled, so that a request costs a microsecond. A change is told to all
 * processes; the database is asked again then, and after a time in which something may have been missed.
 */
export class Doorkeeper implements Pick<Guard, 'verdict' | 'onChange'> {
  readonly #deps: DoorkeeperDeps
  readonly #file: WatchedAddresses
  #stored: Rules = { rules: [], onlyListed: false }
  #policy: AddressPolicy
  readonly #listeners: (() => void)[] = []
  #settings: SecuritySettings = { only_listed: false, challenge: 'auto' }
  #reading: Promise<void> | undefined
  #isStale = false
  #retry: NodeJS.Timeout | undefined

  constructor(deps: DoorkeeperDeps) {
    this.#deps = deps
    this.#file = new WatchedAddresses(deps.addressFile, {
      logger: deps.logger,
      onChange: () => this.#compile(),
    })
    this.#policy = this.policyWith({ rules: [], onlyListed: false })
  }

  /** From here to its end this process knows the rules. */
  async open(): Promise<AsyncDisposable> {
    await using opening = new AsyncDisposableStack()
    opening.defer(() => clearTimeout(this.#retry))
    opening.use(await this.#deps.broadcast.subscribe(CHANNEL, () => void this.#refresh()))
    this.#deps.broadcast.onGap(() => void this.#refresh())
    opening.use(this.#file)
    await this.#file.start()
    await this.#read()
    return opening.move()
  }

  verdict(address: string): Verdict {
    if (this.#policy.until <= this.#deps.clock.now()) this.#compile()
    if (this.#policy.isIdle) return undefined
    return this.#policy.verdict(addressKey(address))
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** As this process knows them. */
  get settings(): SecuritySettings {
    return this.#settings
  }

  get file(): AddressFile | null {
    return this.#file.status()
  }

  /** What would hold with these rules in the database. */
  policyWith(stored: Rules): AddressPolicy {
    const { clock, trustedProxies } = this.#deps
    const { onlyListed } = stored
    return policyOf(
      { rules: [...stored.rules, ...this.#file.rules], onlyListed },
      clock.now(),
      trustedProxies,
    )
  }

  /** To be called once rules or settings have changed; the fact has it called again. */
  async tell(): Promise<void> {
    await this.#deps.broadcast.publish(CHANNEL, null).catch(() => {})
    await this.#reading
  }

  #compile(): void {
    this.#policy = this.policyWith(this.#stored)
    for (const listener of this.#listeners) listener()
  }

  /** One read at a time; what is told meanwhile has it read once more. */
  #refresh(): Promise<void> {
    if (this.#reading) this.#isStale = true
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readAll(): Promise<void> {
    try {
      do {
        this.#isStale = false
        await this.#read()
      } while (this.#isStale)
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'who is let in could not be read; what was known holds')
      clearTimeout(this.#retry)
      this.#retry = setTimeout(() => void this.#refresh(), AGAIN).unref()
    }
  }

  async #read(): Promise<void> {
    const { db, clock } = this.#deps
    const [rules, settings] = await Promise.all([
      readRules(db.query, new Date(clock.now())),
      readSettings(db.query),
    ])
    this.#settings = settings
    this.#stored = { rules, onlyListed: settings.only_listed }
    this.#compile()
  }
}
