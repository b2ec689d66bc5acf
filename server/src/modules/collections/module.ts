import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Collections } from './collections.ts'
import { collectionConsumers } from './consumers.ts'
import type { CollectionDeps } from './deps.ts'
import { Entries } from './entries.ts'
import { collectionHandlers } from './handlers.ts'
import { collectionNotices } from './notices.ts'
import { collectionsData } from './personal-store.ts'
import { CollectionsReader } from './reader.ts'
import { collectionKind } from './subjects.ts'
import { CollectionsUpkeep } from './upkeep.ts'

/** Named folders of posts, of one's own or shared with some. */
export function collectionsModule(deps: CollectionDeps): ModuleParts {
  const reader = new CollectionsReader(deps)
  const collections = new Collections({ ...deps, reader })
  const entries = new Entries({ ...deps, reader })
  const upkeep = new CollectionsUpkeep({ ...deps, collections })
  return {
    personal: collectionsData(deps.db),
    routes: bind('collections', collectionHandlers({ reader, collections, entries })),
    consumers: collectionConsumers(upkeep),
    subjects: [collectionKind({ ...deps, reader })],
    notices: collectionNotices(reader),
    erase: (member, signal) => upkeep.eraseMember(member, signal),
    rebuilds: [],
    schedules: [],
  }
}
