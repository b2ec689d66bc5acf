import type { Config } from '../config.ts'
import type { MetricsReport, Peers } from '../gateway/peers.ts'
import type { Logger } from '../kit/logger.ts'

/** The asked roles at work. Disposing drains them, stops them and closes the engines. */
export interface Running extends AsyncDisposable {
  /** Where the API role listens. */
  url: string | undefined
  /** Whether the owner's account exists. */
  isSetUp(): Promise<boolean>
  /** What this process measures; for those beside it, of which one is asked for all. */
  measure?(): Promise<MetricsReport>
}

export interface BootContext {
  /** Complete: with the secret, and the URL of a database that is migrated. */
  config: Config
  logger: Logger
  /** Those that serve beside this process. */
  peers?: Peers
}

export interface RunOptions {
  env: Record<string, string | undefined>
  /** The checkout. */
  root: string
  /** Builds the system and starts its roles; cleans up after itself when it fails. */
  boot(context: BootContext): Promise<Running>
  /** What the processes of WORKERS run (the server, where this is another program), and how often they are asked after. */
  workers?: { program?: string; watchEveryMs?: number }
}
