import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { StartFailure } from '../kit/start-failure.ts'

/**
 * Finds out before anything is started, and answers the port: a free one for 0. `patienceMs`: processes of a server that was killed
 * may hold it for a moment more. The port may be lost again until it is really listened on; see `explainListening`.
 */
export async function checkPort(host: string, port: number, patienceMs = 0): Promise<number> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await tryPort(host, port)
    } catch (error) {
      if (!isTaken(error) || performance.now() > deadline) throw explainListening(error, host, port)
    }
    await setTimeout(20)
  }
}

async function tryPort(host: string, port: number): Promise<number> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : port
  } finally {
    server.close()
  }
}

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

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
