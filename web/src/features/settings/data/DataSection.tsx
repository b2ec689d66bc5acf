import styles from '../../../things/account/Sections.module.css'
import { ExportPart } from './ExportPart.tsx'

/** What one can take along. */
export function DataSection() {
  return (
    <div className={styles.form}>
      <ExportPart />
    </div>
  )
}
