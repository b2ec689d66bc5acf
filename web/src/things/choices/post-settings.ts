import type { PostSettings } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'

export const postSettings = {
  queryKey: ['post-settings'],
  queryFn: () => api.postSettings.get(),
  staleTime: 60_000,
}

export async function changePostSettings(body: Partial<PostSettings>): Promise<void> {
  queryClient.setQueryData(postSettings.queryKey, await api.postSettings.change({ body }))
}
