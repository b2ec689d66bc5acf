import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import styles from '../../things/account/Sections.module.css'
import { t } from '../../things/story/messages.ts'
import { closeFriendsList, hiddenFromList } from '../../things/story/people-of-stories.ts'
import { Switch } from '../../ui/Switch.tsx'
import { StoryListCard } from './StoryListCard.tsx'

const settings = {
  queryKey: ['stories', 'settings'],
  queryFn: () => api.stories.settings(),
}

/** Who sees one's stories, and what becomes of them afterwards. */
export function StoriesSection() {
  return (
    <div className={styles.form}>
      <SaveToArchive />
      <StoryListCard
        list="close_friends"
        people={closeFriendsList}
        label={t('lists.friends')}
        text={t('lists.friendsText')}
        empty={t('lists.friendsEmpty')}
      />
      <StoryListCard
        list="hidden_from"
        people={hiddenFromList}
        label={t('lists.hidden')}
        text={t('lists.hiddenText')}
        empty={t('lists.hiddenEmpty')}
      />
    </div>
  )
}

function SaveToArchive() {
  const { data, error, refetch } = useQuery(settings)
  const change = useMutation({
    mutationFn: (save_to_archive: boolean) => api.stories.changeSettings({ body: { save_to_archive } }),
    onSuccess: (changed) => queryClient.setQueryData(settings.queryKey, changed),
    onError: reportError,
  })
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  return (
    <Switch
      label={t('lists.save')}
      hint={t('lists.saveHint')}
      checked={change.isPending ? change.variables : (data?.save_to_archive ?? true)}
      disabled={!data || change.isPending}
      onChange={change.mutate}
    />
  )
}
