import type { UserId } from '@tintype/contract'
import { useState } from 'react'
import { type OpenCollection, setMember } from '../../things/collections/collection-lists.ts'
import { t } from '../../things/collections/messages.ts'
import { FindPeople, RemovePerson } from '../../things/people/FindPeople.tsx'
import { Person } from '../../things/people/Person.tsx'
import DialogPanel from '../../ui/DialogPanel.tsx'
import { UserRow } from '../../ui/UserRow.tsx'
import styles from './PeopleOfCollection.module.css'

interface PeopleOfCollectionProps {
  collection: OpenCollection
  open: boolean
  onClose: () => void
}

/** Who is in a collection; its owner takes members in and out. */
export function PeopleOfCollection({ collection, open, onClose }: PeopleOfCollectionProps) {
  const { collection_id, owner, is_owner, member_ids } = collection
  const [q, setQ] = useState('')
  const change = async (id: UserId, want: boolean) => {
    if ((await setMember(collection_id, id, want)) && want) setQ('')
  }
  return (
    <DialogPanel
      open={open}
      onClose={onClose}
      title={is_owner ? t('collection.share') : t('collection.people')}
      size="small"
    >
      <div className={styles.body}>
        {is_owner && (
          <>
            <p className={styles.note}>{t('collection.peopleText')}</p>
            <FindPeople q={q} onChange={setQ} listed={member_ids} onAdd={(id) => void change(id, true)} />
          </>
        )}
        {is_owner && member_ids.length === 0 && <p className={styles.note}>{t('collection.peopleEmpty')}</p>}
        <ul aria-label={t('collection.people')}>
          {!is_owner && (
            <li>
              <UserRow user={owner} onPress={onClose} />
            </li>
          )}
          {member_ids.map((id) => (
            <li key={id}>
              <Person
                userId={id}
                onOpen={onClose}
                action={
                  is_owner ? <RemovePerson id={id} onPress={() => void change(id, false)} /> : undefined
                }
              />
            </li>
          ))}
        </ul>
      </div>
    </DialogPanel>
  )
}
