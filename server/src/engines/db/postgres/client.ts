import { Client } from 'pg'
import { CONNECT_MS } from './connection.ts'
import { connectionOptions } from './url.ts'

/** A connection for a few statements in a row, at start and in tools; it ends with `work`. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...connectionOptions(url), connectionTimeoutMillis: CONNECT_MS })
  // A loss is told to the statement that is under way, or to the next.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}
