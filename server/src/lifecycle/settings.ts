import { type Config, ConfigError, parseConfig, roleNames } from '../config.ts'
import { StartFailure } from '../kit/start-failure.ts'

/**
 * Configuration of a process: the environment, and what fits who is watching. At a terminal, warnings for a person; into a file or a
 * pipe, everything for a program. Throws ConfigError, StartFailure.
 */
export function readSettings(env: Record<string, string | undefined>, isTerminal: boolean): Config {
  const config = parseConfig({
    ...(isTerminal ? { LOG_LEVEL: 'warn', LOG_PRETTY: 'true' } : {}),
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim())),
  })
  const missing = roleNames.filter((role) => !config.roles.includes(role))
  if (missing.length > 0 && !config.databaseUrl)
    throw new ConfigError([
      `ROLES leaves out ${missing.join(', ')}, but the embedded PostgreSQL belongs to one process, which must run them all; set DATABASE_URL to split roles.`,
    ])
  return config
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
