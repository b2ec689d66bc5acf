import { type Config, ConfigError, parseConfig, roleNames, serveNames, serviceNames } from '../config.ts'
import { databaseMistakes } from '../engines/db/open.ts'
import { reaches } from '../engines/index.ts'
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

/** What is on one server alone cannot serve a role or module that runs elsewhere. */
function splitMistakes(config: Config): string[] {
  const parts = [
    ['ROLES', roleNames.filter((role) => !config.roles.includes(role))],
    ['SERVICES', serviceNames.filter((service) => !config.services.includes(service))],
    ['SERVE', serveNames.filter((kind) => !config.serve.includes(kind))],
  ] as const
  return parts
    .filter(([, missing]) => missing.length > 0)
    .flatMap(([name, missing]) =>
      reaches(config)
        .filter(({ reach }) => reach === 'server')
        .map(
          ({ adapter, further }) =>
            `${name} leaves out ${missing.join(', ')}, but ${adapter} belongs to one process, which must run them all; ${further} to split them.`,
        ),
    )
}

function workerMistakes(config: Config): string[] {
  const { workers, roles } = config
  if (workers > 1 && !servesHttp({ roles }))
    return [`WORKERS is ${workers}, but ROLES has neither api nor realtime, which are what they would do.`]
  return databaseMistakes(config)
}

/** Origins of the pages that upload; none where nobody said by which address people come. */
export const uploadOrigins = ({ publicUrl, corsOrigins }: Config): string[] =>
  publicUrl ? [publicUrl, ...corsOrigins] : []

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
