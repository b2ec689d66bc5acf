import { StartFailure } from '../../../kit/start-failure.ts'

/** What PostgreSQL said last, as one sentence. */
export function explain(said: string, where: string, logFile?: string): StartFailure {
  if (/No space left on device|Disk quota exceeded|Check free disk space/i.test(said))
    return new StartFailure(`The disk that holds ${where} is full; make room and start again.`)
  const reason = /(?:FATAL|PANIC|error): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1)
  return new StartFailure(
    `PostgreSQL could not start: ${reason || 'it gave no reason'}${logFile ? ` (see ${logFile})` : ''}.`,
  )
}
