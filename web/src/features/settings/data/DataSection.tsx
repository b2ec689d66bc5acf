import styles from '../../../things/account/Sections.module.css'
import { ExportPart } from './ExportPart.tsx'
import { ImportPart } from './ImportPart.tsx'

/** What one can take along, and bring along. */
export function DataSection() {
  return (
    <div className={styles.form}>
      <ExportPart />
      <ImportPart />
    </div>
  )
}
