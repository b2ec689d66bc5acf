import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartFailure } from '../kit/start-failure.ts'

/** Finds out before anything is started. The port may be lost again until it is really listened on; see `explainListening`. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw explainListening(error, host, port)
  } finally {
    server.close()
  }
}

/** The failure of a `listen`, as one sentence; other errors as they are. */
export function explainListening(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  switch (code) {
    case 'EADDRINUSE':
      return new StartFailure(
        `Port ${port} on ${host} is taken by another program; stop it, or set PORT to a free one.`,
        error,
      )
    case 'EACCES':
      return new StartFailure(
        `This user may not listen on port ${port}; set PORT to one above 1023, and put a proxy in front.`,
        error,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFailure(`HOST is "${host}", which is not an address of this machine.`, error)
    default:
      return error
  }
}
