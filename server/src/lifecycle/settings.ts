import { type Config, ConfigError, parseConfig, roleNames } from '../config.ts'
import { BESIDE_POOL } from '../engines/db/postgres.ts'
import { StartFailure } from '../kit/start-failure.ts'
import { servesHttp } from './serving.ts'

/**
 * Configuration of a process: the environment, and what fits who is watching. At a terminal, warnings for a person; into a file or a
 * pipe, everything for a program. Throws ConfigError, StartFailure.
 */
export function readSettings(env: Record<string, string | undefined>, isTerminal: boolean): Config {
  const config = parseConfig({
    ...(isTerminal ? { LOG_LEVEL: 'warn', LOG_PRETTY: 'true' } : {}),
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim())),
  })
  const mistakes = [...splitMistakes(config), ...workerMistakes(config)]
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

function splitMistakes(config: Config): string[] {
  const missing = roleNames.filter((role) => !config.roles.includes(role))
  if (missing.length === 0 || config.databaseUrl) return []
  return [
    `ROLES leaves out ${missing.join(', ')}, but the embedded PostgreSQL belongs to one process, which must run them all; set DATABASE_URL to split roles.`,
  ]
}

/** Of the embedded PostgreSQL's 200, less what it and a person who looks into it keep. */
const CONNECTIONS = 190
/** Beside its pool a process has those of every handle, and one that reads the event log. */
const BESIDE = BESIDE_POOL + 1

function workerMistakes({ workers, roles, databaseUrl, databasePool }: Config): string[] {
  if (workers === 1) return []
  if (!servesHttp({ roles }))
    return [`WORKERS is ${workers}, but ROLES has neither api nor realtime, which are what they would do.`]
  const connections = (workers + 1) * (databasePool + BESIDE)
  if (databaseUrl || connections <= CONNECTIONS) return []
  const most = Math.floor(CONNECTIONS / (workers + 1)) - BESIDE
  return [
    `WORKERS is ${workers} and DATABASE_POOL ${databasePool}, which makes ${connections} connections, but the embedded PostgreSQL takes ${CONNECTIONS}; set DATABASE_POOL to ${most} at most.`,
  ]
}

/** All mistakes, one to a line; anything that was not foreseen keeps its stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConfigError) {
    const [first, ...more] = error.mistakes
    return more.length === 0
      ? `${first}`
      : ['The configuration has mistakes:', ...error.mistakes].join('\n  ')
  }
  if (error instanceof StartFailure) return error.message
  return `Tintype ended because of an unforeseen error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
