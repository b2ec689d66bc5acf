import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Sql } from 'postgres'
import { freePort, type Server, serverOf } from './tintype.ts'

export interface ReferenceOrder {
  kind: 'constant' | 'serialise' | 'query' | 'insert'
  host: string
  port: number
  /** A reply of Tintype's. */
  body: string
  databaseUrl: string
}

/** Servers that do next to nothing, to say what the machine can do: Tintype is quoted relative to them. */
export async function startReference(
  kind: ReferenceOrder['kind'],
  given: Pick<ReferenceOrder, 'body' | 'databaseUrl'>,
): Promise<Server> {
  const port = await freePort()
  const child: ChildProcess = fork(new URL('./reference-server.ts', import.meta.url))
  child.send({ kind, host: '127.0.0.1', port, ...given } satisfies ReferenceOrder)
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the reference ${kind} ended`)))
  ended.catch(() => {})
  await Promise.race([once(child, 'message'), ended])
  return serverOf(kind, child, port)
}

/** Where the reference for likes writes: a table like theirs with the same keys and indexes. */
export async function prepareReferenceLikes(sql: Sql): Promise<void> {
  await sql`create schema if not exists bench`
  await sql`drop table if exists bench.reference_likes`
  await sql`create table bench.reference_likes (like likes including all)`
}
