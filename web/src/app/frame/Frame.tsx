import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { openComposer } from '../../shell/composer-slot.ts'
import { FramedContext } from '../../shell/framed.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { PostDialogSlot } from '../../things/post/PostDialogSlot.tsx'
import { ViewerSlot } from '../../things/post/viewer/ViewerSlot.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { BottomBar } from './BottomBar.tsx'
import { DropTarget } from './DropTarget.tsx'
import styles from './Frame.module.css'
import { LeftRail } from './LeftRail.tsx'

const KeysDialog = lazyWhenOpen(() => import('./KeysDialog.tsx'))

/** Rail, content and bars around every screen but log-in and set-up. */
export function Frame() {
  const me = useMe()
  const [keysShown, setKeysShown] = useState(false)
  useShortcuts({
    '?': () => setKeysShown(true),
    '/': () => document.querySelector<HTMLElement>('[data-nav=search]')?.click(),
    ...(me ? { n: () => openComposer() } : {}),
  })
  return (
    <div className={styles.frame}>
      <a href="#main" className={styles.skip}>
        {t('nav.skip')}
      </a>
      <LeftRail onShowKeys={() => setKeysShown(true)} />
      <main id="main" tabIndex={-1} className={styles.main}>
        <FramedContext value={true}>
          <Outlet />
        </FramedContext>
      </main>
      <BottomBar />
      <PostDialogSlot />
      <ViewerSlot />
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} />
      {me && <DropTarget />}
    </div>
  )
}
