import { createRequire } from 'node:module'
import { type DestinationStream, type Logger, pino } from 'pino'
import { LogLines } from './log-lines.ts'

export type { Logger }

const output = new LogLines(1)
process.once('exit', () => output.flush())

/** JSON lines on stdout; secrets are cut out wherever they might hide. `pretty` is for a person at a terminal. */
export function createLogger(options: { level: string; pretty: boolean }): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      redact: {
        paths: [
          '*.password',
          '*.token',
          '*.access_token',
          '*.refresh_token',
          'headers.authorization',
          'headers.cookie',
          'req.headers',
        ],
        censor: '[redacted]',
      },
    },
    options.pretty ? prettily() : output,
  )
}

/** In this process and not as a transport of pino's, whose thread ends the server when it cannot write. */
function prettily(): DestinationStream {
  // Loaded where it is wanted: most servers write for programs.
  const { prettyFactory }: typeof import('pino-pretty') = createRequire(import.meta.url)('pino-pretty')
  const format = prettyFactory({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss' })
  return { write: (line) => output.write(format(line)) }
}
