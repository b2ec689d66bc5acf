import {
  type Me,
  type Profile,
  type Routes,
  type SuggestedPerson,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Profiles } from './profiles.ts'

export interface MemberRouteDeps {
  /** A view, as it joins what many modules count. */
  view: {
    me(userId: UserId): Promise<Me>
    profile(viewerId: UserId | null, username: string): Promise<Profile>
  }
  profiles: Pick<Profiles, 'update'>
  suggestions: { suggest(viewerId: UserId, limit: number): Promise<SuggestedPerson[]> }
}

export const memberHandlers = (deps: MemberRouteDeps): Handlers<Routes['members']> => {
  const { view, profiles, suggestions } = deps
  return {
    me: ({ viewer }) => view.me(viewer.user_id),
    update: async ({ viewer, body }) => {
      await profiles.update(viewer, body)
      return view.me(viewer.user_id)
    },
    updateByName: async ({ viewer, params, body }) => {
      const { username } = await view.me(viewer.user_id)
      if (params.username.toLowerCase() !== username.toLowerCase()) throw new TintypeError('forbidden')
      await profiles.update(viewer, body)
      return view.me(viewer.user_id)
    },
    profile: ({ viewer, params }) => view.profile(viewer?.user_id ?? null, params.username),
    suggested: ({ viewer, query }) => suggestions.suggest(viewer.user_id, query.limit ?? 10),
  }
}
