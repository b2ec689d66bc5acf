import { savedFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { Bookmark } from '../../ui/drawings/Bookmark.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './SavedScreen.module.css'

export default function SavedScreen() {
  return (
    <div className={wide.screen}>
      <ScreenHead title={t('saved.title')} back />
      <p className={styles.note}>{t('saved.private')}</p>
      <PostGridQuery
        label={t('saved.title')}
        list={savedFeed}
        empty={<EmptyState drawing={<Bookmark />} title={t('saved.empty')} text={t('saved.emptyText')} />}
      />
    </div>
  )
}
