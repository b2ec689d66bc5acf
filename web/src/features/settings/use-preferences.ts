import { useMutation, useQuery } from '@tanstack/react-query'
import type { Body, NoticePreferences, QuietHours, Routes } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'

const preferences = { queryKey: ['notice-preferences'], queryFn: () => api.preferences.get() }

export type PreferenceChanges = Body<Routes['preferences']['change']>
export type ChangePreferences = (body: PreferenceChanges) => void

/** What the member is told of, how, and when not; a change shows at once, and is taken back where it fails. */
export function usePreferences(onChanged?: (changed: NoticePreferences) => void) {
  const query = useQuery(preferences)
  const { mutate } = useMutation({
    mutationFn: (body: PreferenceChanges) => api.preferences.change({ body }),
    onMutate: ({ kinds: some, quiet_hours: hours, ...rest }) => {
      queryClient.setQueryData<NoticePreferences>(
        preferences.queryKey,
        (known) =>
          known && {
            ...known,
            ...rest,
            kinds: { ...known.kinds, ...some },
            quiet_hours: { ...known.quiet_hours, ...(hours as QuietHours | undefined) },
          },
      )
    },
    onSuccess: (changed) => {
      queryClient.setQueryData(preferences.queryKey, changed)
      onChanged?.(changed)
    },
    onError: (error) => {
      reportError(error)
      void query.refetch()
    },
  })
  return { query, change: mutate as ChangePreferences }
}
