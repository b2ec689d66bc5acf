import { bind } from '../../gateway/binding.ts'
import type { Graph } from '../graph/api.ts'
import type { ModuleParts } from '../module.ts'
import { memberConsumers } from './consumers.ts'
import type { DirectoryDeps } from './directory.ts'
import { type MemberRouteDeps, memberHandlers } from './handlers.ts'
import { Membership } from './membership.ts'
import { membersData } from './personal-store.ts'
import { type ProfileDeps, Profiles } from './profiles.ts'
import { MembersReader } from './reader.ts'
import { type MemberKindDeps, memberKind } from './subjects.ts'

/** What stands below all others: they ask it who a member is, and the rest of the module asks them. */
export const membersReader = (deps: DirectoryDeps): MembersReader => new MembersReader(deps)

export type MembersDeps<Checked> = ProfileDeps<Checked> & {
  reader: MembersReader
  graph: Pick<Graph, 'followerCounts' | 'following' | 'judge' | 'listEntries' | 'profileVisibility'>
  people: MemberKindDeps['people']
  view: MemberRouteDeps['view']
  suggestions: MemberRouteDeps['suggestions']
}

/** Profiles, names and how members are found. */
export function membersModule<Checked>(deps: MembersDeps<Checked>): ModuleParts & { service: Membership } {
  const { view, suggestions } = deps
  const profiles = new Profiles(deps)
  const service = new Membership(deps)
  return {
    service,
    personal: membersData,
    routes: bind('members', memberHandlers({ view, profiles, suggestions })),
    consumers: memberConsumers(profiles),
    subjects: [memberKind(deps)],
    erase: (member) => service.erase(member),
    rebuilds: [],
    schedules: [
      {
        name: 'members.text',
        everySeconds: 60,
        async run(signal) {
          while (!signal.aborted && (await profiles.renewSomeTexts()));
        },
      },
    ],
  }
}
