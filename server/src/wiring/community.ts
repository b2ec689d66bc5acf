import { version } from '../kit/version.ts'
import { type CommunityModuleDeps, communityModule } from '../modules/community/module.ts'
import type { Ground } from './ground.ts'

/** Whose it is, and what its owner tells everybody. */
export const wireCommunity = (
  { config, engines, clock }: Pick<Ground, 'config' | 'engines' | 'clock'>,
  { members, people, video }: Pick<CommunityModuleDeps, 'members' | 'people' | 'video'>,
) => {
  const { db, cache, outbox } = engines
  return communityModule({ db, cache, outbox, clock, version, members, people, video, openId: config.openId })
}
