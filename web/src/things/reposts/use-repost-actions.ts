import { useQuery } from '@tanstack/react-query'
import { Repeat2, VolumeX } from 'lucide-react'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import type { MenuAction } from '../../ui/ActionMenuPanel.tsx'
import { t } from './messages.ts'
import { repostState, setReposted, setRepostsHidden } from './reposts.ts'

/** In the menu of somebody else's post. */
export function useRepostActions({ post_id, viewer, reposted_by }: PostEntity): MenuAction[] {
  const isOthers = useMe() !== null && !viewer.is_author
  const { data } = useQuery({ ...repostState(post_id), enabled: isOthers })
  if (!isOthers) return []
  const [sharer] = reposted_by ?? []
  const isReposted = data?.reposted === true
  return [
    ...(isReposted || data?.allowed
      ? [
          {
            label: isReposted ? t('repost.undo') : t('repost.do'),
            icon: Repeat2,
            onPress: () => void setReposted(post_id, !isReposted),
          },
        ]
      : []),
    ...(sharer
      ? [
          {
            label: t('repost.mute', { name: sharer.username }),
            icon: VolumeX,
            onPress: () => void setRepostsHidden(sharer.username, true),
          },
        ]
      : []),
  ]
}
