import { openTestDb } from '@tintype/testkit/database'
import { openPostgresMessageStore } from '../postgres/message-store.ts'
import { movingSuite } from '../suite/moving.suite.ts'

movingSuite('between two databases', async () => {
  await using opened = new AsyncDisposableStack()
  const [here, there] = [opened.use(await openTestDb({ pool: 8 })), opened.use(await openTestDb({ pool: 4 }))]
  const stack = opened.move()
  return {
    db: here.db,
    stores: { postgres: openPostgresMessageStore(here.db), cassandra: openPostgresMessageStore(there.db) },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
})
