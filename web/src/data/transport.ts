type Fetch = typeof fetch

/** What all requests that outlive their page may carry together is 64 KiB (Fetch, 4.8); one of more than this does not outlive it. */
const OUTLIVES_BYTES = 4096

/** What was asked for small and by a press, a follow or a like, is done even if the page is left at that moment. */
const network: Fetch = (input, init) => fetch(input, { keepalive: isSmallWrite(init), ...init })

const isSmallWrite = ({ method = 'GET', body }: RequestInit = {}): boolean =>
  method !== 'GET' && (body ? typeof body === 'string' && body.length < OUTLIVES_BYTES : true)
let ask = network

/** How the API is asked: over the network, unless the page brought the answers along or is being drawn by the server. */
export const transport: Fetch = (input, init) => ask(input, init)

/** Asks by other means; answers how to go back. */
export function askBy(other: Fetch): () => void {
  const before = ask
  ask = other
  return () => {
    ask = before
  }
}

/** Replies of the API by address: status and envelope. */
export type Replies = Record<string, [status: number, envelope: unknown]>

/** Answers from the replies, each once, as what comes later is to be new; all else goes to `rest`. */
export function fromReplies(replies: Replies, rest: Fetch = network): Fetch {
  const left = new Map(Object.entries(replies))
  return async (input, init) => {
    const address = String(input)
    const reply = init?.method === 'GET' ? left.get(address) : undefined
    if (!reply) return rest(input, init)
    left.delete(address)
    return Response.json(reply[1], { status: reply[0] })
  }
}
