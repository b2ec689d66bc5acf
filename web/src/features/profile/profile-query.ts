import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { ingestProfile } from '../../data/entities/ingest.ts'

/** A profile, read into the store; answers the member's id. */
export const profileQuery = (username: string) =>
  queryOptions({
    queryKey: ['profile', username],
    queryFn: async ({ signal }) => ingestProfile(await api.members.profile({ params: { username }, signal })),
  })
