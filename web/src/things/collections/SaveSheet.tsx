import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Collection, CollectionId, PostId } from '@tintype/contract'
import { Check, Plus } from 'lucide-react'
import { useState } from 'react'
import { errorText } from '../../data/report-error.ts'
import { t as shared } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import DialogPanel from '../../ui/DialogPanel.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { toast } from '../../ui/toast.ts'
import { Cover } from './Cover.tsx'
import { collectionsList, collectionsOf, makeCollection, setCollected } from './collection-lists.ts'
import { t } from './messages.ts'
import { NameForm } from './NameForm.tsx'
import styles from './SaveSheet.module.css'

interface SaveSheetProps {
  postId: PostId
  open: boolean
  onClose: () => void
}

/** Into which collections a post is put. */
export default function SaveSheet({ postId, open, onClose }: SaveSheetProps) {
  return (
    <DialogPanel open={open} onClose={onClose} title={t('sheet.title')} size="small">
      {open && <Choice postId={postId} onClose={onClose} />}
    </DialogPanel>
  )
}

function Choice({ postId, onClose }: Omit<SaveSheetProps, 'open'>) {
  const list = useInfiniteQuery(collectionsList)
  const held = useQuery(collectionsOf(postId))
  const [naming, setNaming] = useState(false)
  const collections = list.data?.pages.flatMap((page) => page.items) ?? []
  const error = list.error ?? held.error
  if (error) return <FormError text={errorText(error)} />
  if (list.isPending || held.isPending) return <Spinner label={shared('state.loading')} />
  if (naming || collections.length === 0)
    return (
      <NameForm
        label={t('collections.new')}
        action={t('collection.create')}
        autoFocus
        save={(name) => makeCollection(name, postId)}
        onSaved={(name) => {
          toast(t('sheet.savedTo', { name }))
          onClose()
        }}
      />
    )
  return (
    <ul className={styles.list}>
      <li>
        <button type="button" className={styles.row} onClick={() => setNaming(true)}>
          <span className={styles.plus} aria-hidden>
            <Plus size={22} />
          </span>
          {t('collections.new')}
        </button>
      </li>
      {collections.map((one) => (
        <Row key={one.collection_id} collection={one} postId={postId} held={held.data ?? []} />
      ))}
      {list.hasNextPage && (
        <li>
          <Button
            label={t('collections.more')}
            wide
            busy={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          />
        </li>
      )}
    </ul>
  )
}

interface RowProps {
  collection: Collection
  postId: PostId
  held: readonly CollectionId[]
}

const THUMB = { phone: '48px', wide: '48px' }

function Row({ collection: { collection_id, name, cover, is_shared }, postId, held }: RowProps) {
  const isIn = held.includes(collection_id)
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        aria-pressed={isIn}
        onClick={() => void setCollected(collection_id, postId, !isIn)}
      >
        <span className={styles.thumb}>
          <Cover pictures={cover.slice(0, 1)} place={THUMB} />
        </span>
        <span className={styles.name}>
          {name}
          {is_shared && <span className={styles.note}> · {t('collections.shared')}</span>}
        </span>
        <span className={styles.check} aria-hidden>
          {isIn && <Check size={16} strokeWidth={3} />}
        </span>
      </button>
    </li>
  )
}
