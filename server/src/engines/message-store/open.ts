import { StartFailure } from '../../kit/start-failure.ts'
import type { CassandraConnection } from '../cassandra/port.ts'
import type { Db, PostgresDb } from '../db/port.ts'
import type { Moved, MoveOptions } from './moving/move.ts'
import { beginIn, readPlaces, type StoreName } from './moving/places.ts'
import type { MessageStore, MovableMessageStore } from './port.ts'

interface Options {
  db: Db
  cassandra: CassandraConnection | undefined
  onError(error: unknown): void
}

/**
 * Where messages lie: in the database until they are moved to Cassandra; a community that begins with Cassandra has them there. Rejects with
 * StartFailure where they lie in Cassandra, and none is set.
 */
export async function openMessageStore({ db, cassandra, onError }: Options): Promise<MessageStore> {
  if (cassandra) await beginIn(db.query, 'cassandra')
  const places = await readPlaces(db.query)
  if (!cassandra) {
    if (places.lies_in === 'postgres' && places.moving_to === null) return await openPostgres(db)
    throw new StartFailure(
      'What was said in conversations lies in Cassandra, but CASSANDRA_CONTACT_POINTS is not set; `npm run move -- messages --to postgres` brings it back.',
    )
  }
  const { PlacedMessageStore } = await import('./moving/placed.ts')
  return new PlacedMessageStore({ db, places, onError, stores: await openBoth(db, cassandra) })
}

async function openPostgres(db: Db): Promise<MovableMessageStore> {
  const { openPostgresMessageStore } = await import('./postgres/message-store.ts')
  return openPostgresMessageStore(db)
}

async function openBoth(
  db: Db,
  cassandra: CassandraConnection,
): Promise<Record<StoreName, MovableMessageStore>> {
  const { openCassandraMessageStore } = await import('./cassandra/message-store.ts')
  return { postgres: await openPostgres(db), cassandra: openCassandraMessageStore(cassandra) }
}

/** A lock that is waited for, and a page of a long conversation. */
const STATEMENT_MS = 120_000

export interface MessageMove extends AsyncDisposable {
  run(terms: Pick<MoveOptions, 'to' | 'signal' | 'noticed' | 'onProgress'>): Promise<Moved>
}

/** Between the database and Cassandra. */
export async function openMessageMove(db: PostgresDb, cassandra: CassandraConnection): Promise<MessageMove> {
  await using opening = new AsyncDisposableStack()
  const { query: session } = opening.use(
    db.ownSession({
      name: 'tintype moving',
      settings: [],
      statementTimeoutMs: STATEMENT_MS,
      // Whatever it held is noticed as lost where that counts.
      onLost() {},
    }),
  )
  const stores = await openBoth(db, cassandra)
  const { moveMessages } = await import('./moving/move.ts')
  const opened = opening.move()
  return {
    run: (terms) => moveMessages({ ...terms, session, stores }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
