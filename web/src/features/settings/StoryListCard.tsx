import type { StoryList } from '@tintype/contract'
import type { ComponentProps } from 'react'
import styles from '../../things/account/Sections.module.css'
import { setListed } from '../../things/story/people-of-stories.ts'
import { PeopleEditor } from './PeopleEditor.tsx'

type StoryListCardProps = Omit<ComponentProps<typeof PeopleEditor>, 'set'> & { list: StoryList }

/** Members whose stories one mutes, or who see more or none of one's own. */
export function StoryListCard({ list, ...rest }: StoryListCardProps) {
  return (
    <section className={styles.card} aria-label={rest.label}>
      <h2 className={styles.subtitle}>{rest.label}</h2>
      <PeopleEditor {...rest} set={(id, want) => setListed(list, id, want)} />
    </section>
  )
}
